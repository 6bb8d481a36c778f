namespace Slipway.LocalCloud.Hosting;

/// <summary>The newest calls by their names, oldest first: what a client has really asked for. In memory only.</summary>
internal sealed class CallJournal
{
    private const int MostCalls = 10_000;

    private readonly Lock gate = new();
    private readonly Queue<string> calls = new();

    public IReadOnlyList<string> List()
    {
        lock (gate) return [.. calls];
    }

    public void Add(string operation)
    {
        lock (gate)
        {
            if (calls.Count == MostCalls) calls.Dequeue();
            calls.Enqueue(operation);
        }
    }

    public void Clear()
    {
        lock (gate) calls.Clear();
    }
}
