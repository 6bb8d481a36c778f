using System.Text;
using System.Text.Json.Nodes;
using Slipway.LocalCloud.Images;

namespace Slipway.LocalCloud.Registry;

/// <summary>
/// Who may do what: the user "AWS" with a password of GetAuthorizationToken everything, anybody read below "dotnet/".
/// </summary>
/// <remarks>
/// The answer to GET /v2/ asks for a bearer token, all others ask for a password as ECR does. Docker decides at /v2/ how it will log in,
/// and with a demand for a password it refuses to pull anything without one, so that "docker build" could not read the public base image.
/// Clients that send the password unasked never see the difference.
/// </remarks>
internal sealed class RegistryAuth(RegistryTokens tokens)
{
    public const string TokenPath = "/_local/token";

    private const string Service = "local-cloud";
    private const string Anonymous = "anonymous";

    /// <summary>Throws where the caller may not.</summary>
    public void Check(HttpRequest request, RegistryRoute route)
    {
        if (Knows(request)) return;
        if (route.Resource == RegistryResource.Blob && HttpMethods.IsGet(request.Method) && tokens.IsGoodFor(request.Query["token"].ToString(), route.Reference)) return;
        var reads = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        string? header = request.Headers.Authorization;
        var anonymous = string.IsNullOrEmpty(header) || header == $"Bearer {Anonymous}";
        if (route.Resource == RegistryResource.Version && header == $"Bearer {Anonymous}") return;
        if (anonymous && reads && route.Repository.StartsWith("dotnet/", StringComparison.Ordinal)) return;

        var realm = route.Resource == RegistryResource.Version
            ? $"Bearer realm=\"http://{request.Host.Value}{TokenPath}\",service=\"{Service}\""
            : $"Basic realm=\"http://{request.Host.Value}/\",service=\"{Service}\"";
        request.HttpContext.Response.Headers.WWWAuthenticate = realm;
        throw new RegistryException(401, "UNAUTHORIZED", anonymous
            ? "authentication required; log in as AWS with a password of 'aws ecr get-login-password'"
            : "the password is not one of this registry, or has expired; get one with 'aws ecr get-login-password'");
    }

    /// <summary>Answers GET /_local/token: the password in exchange for itself, or a token that reads what is public.</summary>
    public async Task TokenAsync(HttpContext context)
    {
        var named = !string.IsNullOrEmpty(context.Request.Headers.Authorization);
        if (named && !Knows(context.Request))
        {
            await RegistryAnswer.FailAsync(context, new RegistryException(401, "UNAUTHORIZED", "incorrect username or password"));
            return;
        }

        var (token, lifetime) = named ? (tokens.Issue().Password, RegistryTokens.Lifetime) : (Anonymous, TimeSpan.FromHours(1));
        await RegistryAnswer.JsonAsync(context, 200, new JsonObject
        {
            ["token"] = token,
            ["access_token"] = token,
            ["expires_in"] = (int)lifetime.TotalSeconds,
        });
    }

    private bool Knows(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return tokens.IsGood(header["Bearer ".Length..].Trim());
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return false;
        var encoded = header["Basic ".Length..].Trim();
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length)) return false;
        var pair = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        return pair.Length == 2 && pair[0] == RegistryTokens.User && tokens.IsGood(pair[1]);
    }
}
