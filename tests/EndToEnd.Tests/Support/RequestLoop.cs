using System.Net;

namespace Slipway.EndToEnd.Tests.Support;

/// <summary>A user of the service: one request after the other at the front door, until told to stop.</summary>
internal sealed class RequestLoop : IAsyncDisposable
{
    private const int MostRequests = 20_000;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _failures = [];
    private readonly Task _loop;

    public RequestLoop(Uri url) => _loop = RunAsync(url);

    public int Answered { get; private set; }

    public IReadOnlyList<string> Failures => _failures;

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _loop;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task RunAsync(Uri url)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        for (var i = 0; i < MostRequests && !_stop.IsCancellationRequested; i++)
        {
            try
            {
                using var answer = await http.GetAsync(url);
                if (answer.StatusCode == HttpStatusCode.OK) Answered++;
                else _failures.Add($"request {i}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
            {
                _failures.Add($"request {i}: {exception.Message}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }
}
