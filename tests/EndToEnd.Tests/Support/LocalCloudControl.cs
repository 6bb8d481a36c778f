using System.Net.Http.Json;
using System.Text;

namespace Slipway.EndToEnd.Tests.Support;

/// <summary>The failures that an embedded cloud plays, and the calls that it was sent.</summary>
internal sealed class RolloutFaults(int port) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}/_local/") };

    /// <summary>Switches these faults on, and all others off.</summary>
    public async Task PlayAsync(string faults)
    {
        using var content = new StringContent(faults, Encoding.UTF8, "application/json");
        using var answer = await _http.PutAsync(new Uri("faults", UriKind.Relative), content);
        Assert.That(answer.IsSuccessStatusCode, Is.True, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The names of the calls since they were forgotten, in their order.</summary>
    public async Task<string[]> CallsAsync() => (await _http.GetFromJsonAsync<string[]>(new Uri("calls", UriKind.Relative)))!;

    public async Task ForgetCallsAsync()
    {
        using var answer = await _http.DeleteAsync(new Uri("calls", UriKind.Relative));
        Assert.That(answer.IsSuccessStatusCode, Is.True);
    }

    public void Dispose() => _http.Dispose();
}
