using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.Images;

/// <summary>
/// Requests to one registry: who we are, retries, timeouts. Requests are made anew for each attempt. A secret goes to the registry's own
/// host only, and never over plain HTTP to another machine.
/// </summary>
internal sealed class RegistryConnection(HttpClient http, RetryPolicy retry, string host, RegistryLogin? login)
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, AuthenticationHeaderValue> _tokens = new(StringComparer.Ordinal);

    /// <summary>"https://host/" or, on this machine, what the login says, else "http://host/".</summary>
    public Uri Root { get; } = new($"{SchemeOf(host, login)}://{host}/");

    /// <summary>The repository that the requests are about, for the token that some registries want.</summary>
    public required string Repository { get; init; }

    /// <summary>"pull" or "pull,push".</summary>
    public required string Actions { get; init; }

    /// <summary>Sends until there is an answer that is worth reading; the caller judges its status.</summary>
    public Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> request, CancellationToken cancellationToken) =>
        retry.RunAsync(token => SendOnceAsync(request, token), IsTransient, cancellationToken);

    /// <summary>Sends one time. A refusal for want of a token is answered with one.</summary>
    public async Task<HttpResponseMessage> SendOnceAsync(Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        var response = await SendAsync(request(), cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized || Challenge(response) is not { } challenge)
            return response;
        response.Dispose();
        _tokens[Scope] = await FetchTokenAsync(challenge, cancellationToken);
        return await SendAsync(request(), cancellationToken);
    }

    private string Scope => $"repository:{Repository}:{Actions}";

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            if (request.RequestUri!.Authority == Root.Authority && request.RequestUri.Scheme == Root.Scheme)
                request.Headers.Authorization = _tokens.GetValueOrDefault(Scope) ?? Basic();
            return await SendWithinAsync(request, cancellationToken);
        }
    }

    // With the body, which a registry can hold back just as well as the headers: nothing is left to be read without a limit.
    private async Task<HttpResponseMessage> SendWithinAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(AnswerWithin, retry.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, both.Token);
        }
        catch (OperationCanceledException e) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException(
                $"no whole answer from '{request.RequestUri!.Authority}' within {AnswerWithin.TotalMinutes} minutes", e);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new InvalidDataException($"'{request.RequestUri!.Authority}' answers more than is read: {e.Message}", e);
        }
    }

    private AuthenticationHeaderValue? Basic() => login is null
        ? null
        : new AuthenticationHeaderValue("Basic", login.Authentication);

    private static string? Challenge(HttpResponseMessage response) =>
        response.Headers.WwwAuthenticate.FirstOrDefault(h => h.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))?.Parameter;

    private async Task<AuthenticationHeaderValue> FetchTokenAsync(string challenge, CancellationToken cancellationToken)
    {
        var parameters = BearerChallenge.Parse(challenge);
        if (!parameters.TryGetValue("realm", out var realm) || !Uri.TryCreate(realm, UriKind.Absolute, out var address)
            || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
            throw new HttpRequestException($"'{Root.Authority}' wants a token from an address that cannot be trusted");
        var service = parameters.TryGetValue("service", out var name) ? $"&service={Uri.EscapeDataString(name)}" : "";
        var separator = address.Query.Length == 0 ? "?" : "&";
        using var request =
            new HttpRequestMessage(HttpMethod.Get, new Uri($"{address}{separator}scope={Uri.EscapeDataString(Scope)}{service}"));
        request.Headers.Authorization = Basic();
        using var response = await SendWithinAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException(
                $"'{address.Authority}' gave no token: HTTP {(int)response.StatusCode}", null, response.StatusCode);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        try
        {
            var token = JObject.Parse(Encoding.UTF8.GetString(body));
            return new AuthenticationHeaderValue(
                "Bearer", (string?)token["token"] ?? (string?)token["access_token"] ?? throw new JsonException());
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidCastException or ArgumentException)
        {
            // Without the cause: it may quote the token.
            throw new HttpRequestException($"'{address.Authority}' gave no token that can be read");
        }
    }

    private static string SchemeOf(string host, RegistryLogin? login)
    {
        var onThisMachine = Uri.TryCreate($"http://{host}/", UriKind.Absolute, out var uri) && uri.IsLoopback;
        if (login is not null && Uri.TryCreate(login.Endpoint, UriKind.Absolute, out var endpoint) && endpoint.Authority == uri?.Authority
            && onThisMachine)
            return endpoint.Scheme;
        return onThisMachine ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
    }

    private static bool IsTransient(HttpResponseMessage response) => (int)response.StatusCode is 408 or 429 or >= 500 and not 501;
}
