using System.Net.Http.Json;
using System.Text;

namespace Slipway.EndToEnd.Tests.Support;

/// <summary>The failures that an embedded cloud plays, and the calls that it was sent.</summary>
internal sealed class LocalCloudControl(int port) : IDisposable
{
    /// <summary>Long enough to do something while a rollout is waited for.</summary>
    public const string SlowPull = """[{ "operations": ["task:Start"], "kind": "slow", "delayMs": 6000, "count": 1 }]""";

    private static readonly string[] ReadingVerbs = ["Describe", "List", "Get", "BatchGet", "BatchCheck"];

    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}/_local/") };

    /// <summary>Whether a call changes something, by AWS's verbs.</summary>
    public static bool IsWrite(string call)
    {
        var verb = call[(call.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return !Array.Exists(ReadingVerbs, reading => verb.StartsWith(reading, StringComparison.Ordinal));
    }

    /// <summary>Switches these faults on, and all others off.</summary>
    public async Task PlayAsync(string faults)
    {
        using var content = new StringContent(faults, Encoding.UTF8, "application/json");
        using var answer = await _http.PutAsync(new Uri("faults", UriKind.Relative), content);
        Assert.That(answer.IsSuccessStatusCode, Is.True, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Switches every fault off.</summary>
    public Task PlayNothingAsync() => PlayAsync("[]");

    /// <summary>The names of the calls since they were forgotten, in their order.</summary>
    public async Task<string[]> CallsAsync() => (await _http.GetFromJsonAsync<string[]>(new Uri("calls", UriKind.Relative)))!;

    public async Task ForgetCallsAsync()
    {
        using var answer = await _http.DeleteAsync(new Uri("calls", UriKind.Relative));
        Assert.That(answer.IsSuccessStatusCode, Is.True);
        Assert.That(await CallsAsync(), Is.Empty);
    }

    public void Dispose() => _http.Dispose();
}
