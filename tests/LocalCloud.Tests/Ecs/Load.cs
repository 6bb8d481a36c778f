using System.Collections.Concurrent;

namespace Slipway.LocalCloud.Tests.Ecs;

/// <summary>Requests without a pause, from several clients at once, until it is ended.</summary>
internal sealed class Load : IAsyncDisposable
{
    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentQueue<string> failures = new();
    private readonly ConcurrentDictionary<string, int> answers = new();
    private readonly Task[] clients;

    public Load(string address, int clients = 4) =>
        this.clients = [.. Enumerable.Range(0, clients).Select(number => Task.Run(() => AskAsync(new Uri(address), post: number % 2 == 1)))];

    public async Task<(IReadOnlyCollection<string> Failures, IReadOnlyCollection<string> Answers)> EndAsync()
    {
        await end.CancelAsync();
        await Task.WhenAll(clients);
        TestContext.Out.WriteLine($"answers: {string.Join(", ", answers)}");
        return (failures, [.. answers.Keys]);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        end.Dispose();
    }

    private async Task AskAsync(Uri address, bool post)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(60) };
        while (!end.IsCancellationRequested)
        {
            try
            {
                using var content = new StringContent("12345");
                using var answer = post ? await client.PostAsync(new Uri(address, "/length"), content) : await client.GetAsync(address);
                var text = await answer.Content.ReadAsStringAsync();
                if (!answer.IsSuccessStatusCode) failures.Enqueue($"{(int)answer.StatusCode} {text}");
                else answers.AddOrUpdate(text, 1, (_, count) => count + 1);
            }
            catch (HttpRequestException error)
            {
                failures.Enqueue(error.Message);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }
}
