using Slipway.LocalCloud.State;

namespace Slipway.LocalCloud.Hosting;

/// <summary>
/// Whose tasks are whose: the id stays with the state folder, so that a new process finds what a killed one left running.
/// </summary>
internal sealed record Instance(string Id, DateTimeOffset StartedAt)
{
    private const string File = "instance.json";

    /// <summary>The version of this program, as /_local/health tells it.</summary>
    public static string Version { get; } = typeof(Instance).Assembly.GetName().Version?.ToString(3) ?? "0";

    public static Instance Open(StateFolder state, TimeProvider time)
    {
        var known = state.Read<Document>(File);
        if (known is not { Id.Length: > 0 })
        {
            known = new Document(Guid.NewGuid().ToString("N")[..12]);
            state.Write(File, known);
        }

        return new Instance(known.Id, time.GetUtcNow());
    }

    private sealed record Document(string Id);
}
