using System.Net;

namespace StreamMlService.Hosting;

/// <summary>
/// The container health check without a shell and without curl: <c>dotnet StreamMlService.dll --health</c> asks GET /health of the
/// service in the same container. It builds no host, so that it costs little beside the service.
/// </summary>
public static class HealthProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>0 where the service answers 200 in time, else 1 and one line that says why (ECS shows only the exit code, Docker shows both).</summary>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, Func<string, string?> environment, TextWriter errors, CancellationToken cancellationToken)
    {
        try
        {
            var url = ListenAddresses.Probe(ListenAddresses.Read(arguments, environment)[0], "/health");
            using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
            using var client = new HttpClient(handler) { Timeout = Patience };
            using var response = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.StatusCode == HttpStatusCode.OK) return 0;
            await errors.WriteLineAsync($"Unhealthy: {url} answered {(int)response.StatusCode}.");
        }
        catch (HttpRequestException exception)
        {
            await errors.WriteLineAsync($"Unhealthy: {exception.Message}");
        }
        catch (OperationCanceledException)
        {
            await errors.WriteLineAsync($"Unhealthy: no answer within {Patience.TotalSeconds} s.");
        }
        catch (SettingsException exception)
        {
            await errors.WriteLineAsync($"Unhealthy: {exception.Message}");
        }

        return 1;
    }
}
