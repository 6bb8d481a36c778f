using System.Net.Http.Headers;
using System.Text.Json;
using Slipway.Deployment.Images;

namespace Slipway.Deployment.Aws.GitHub;

/// <summary>Asks GitHub for the token of a job. Tokens last for minutes: each role session takes a new one.</summary>
internal sealed class GitHubTokens(HttpClient http, TimeProvider time)
{
    private const int Attempts = 4;
    private const string Remedy = "try again; githubstatus.com tells of outages, and HTTPS_PROXY must lead to GitHub";

    /// <summary>A new token; every failure is a <see cref="SlipwayException"/>.</summary>
    public async Task<string> GetAsync(GitHubTokenRequest job, CancellationToken cancellationToken)
    {
        var failed = $"failed to get a token for this job from '{job.Address.Host}'";
        try
        {
            using var answer = await new RetryPolicy(time, Attempts).RunAsync(
                token => SendAsync(job, token), response => (int)response.StatusCode is 408 or 429 or >= 500, cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                throw new SlipwayException(
                    ExitCode.PreconditionFailed, FormattableString.Invariant($"{failed}: status {(int)answer.StatusCode}."),
                    (int)answer.StatusCode is 401 or 403
                        ? "give the workflow or the job 'permissions: id-token: write'; the right ends with the job"
                        : Remedy);
            }

            using var document = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
            return document.RootElement.TryGetProperty("value", out var value) && value.GetString() is { Length: > 0 } token
                ? token
                : throw new SlipwayException(ExitCode.PreconditionFailed, $"{failed}: the answer holds none.", Remedy);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The parser's message may quote the answer.
            throw new SlipwayException(ExitCode.PreconditionFailed, $"{failed}: the answer is no JSON with a token.", Remedy);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new SlipwayException(ExitCode.PreconditionFailed, $"{failed}: {error.Message}", Remedy, error);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(GitHubTokenRequest job, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, job.Address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", job.RequestToken);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return await http.SendAsync(request, cancellationToken);
    }
}
