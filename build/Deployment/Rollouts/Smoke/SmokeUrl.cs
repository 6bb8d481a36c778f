namespace Slipway.Deployment.Rollouts.Smoke;

/// <summary>What of a URL may be shown: neither user nor query, which may hold secrets.</summary>
public static class SmokeUrl
{
    /// <summary>Reads an absolute http or https URL; null where the text is none.</summary>
    public static Uri? Read(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) && url.Host.Length > 0
            ? url
            : null;

    /// <summary>Scheme, host, port and path.</summary>
    public static string Show(Uri url) =>
        url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) + (url.Query.Length > 1 ? "?…" : string.Empty);

    /// <summary>The URL as it is asked.</summary>
    public static Uri WithoutUser(Uri url) => new(url.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped));
}
