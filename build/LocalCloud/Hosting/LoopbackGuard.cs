using System.Net;

namespace Slipway.LocalCloud.Hosting;

/// <summary>
/// Keeps foreign web pages out: a browser on this machine reaches the loopback address for anybody's page, by a name that
/// resolves to it (the Host header tells) or by a cross-site request (Origin and Sec-Fetch-Site tell).
/// </summary>
internal static class LoopbackGuard
{
    public static bool Allows(HttpRequest request) =>
        IsLoopback(request.Host.Host) && IsOwn(request.Headers.Origin) && request.Headers["Sec-Fetch-Site"] != "cross-site";

    private static bool IsOwn(string? origin) =>
        string.IsNullOrEmpty(origin) || (Uri.TryCreate(origin, UriKind.Absolute, out var address) && IsLoopback(address.Host));

    private static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
