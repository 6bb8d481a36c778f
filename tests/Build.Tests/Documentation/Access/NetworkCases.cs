using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Amazon.Runtime;

namespace Slipway.Build.Tests.Documentation.Access;

/// <summary>What stands between this machine and AWS.</summary>
internal static class NetworkCases
{
    public static async Task<IReadOnlyList<PageCase>> AllAsync() =>
    [
        await Failing.CallAsync(
            "endpoint-down", "Nothing listens where the call went: `AWS_ENDPOINT_URL`, or a proxy that is off. A host that is not found (`HostNotFound`) is mostly a region that does not exist.",
            new HttpRequestException("Connection refused", new SocketException((int)SocketError.ConnectionRefused))),
        await Failing.CallAsync(
            "tls", "The other side shows a certificate that this machine does not trust, or speaks no TLS.",
            new HttpRequestException(
                "The SSL connection could not be established, see inner exception.",
                new AuthenticationException("The remote certificate is invalid because of errors in the certificate chain: UntrustedRoot"))),
        await Failing.CallAsync(
            "proxy-login", "The proxy of `HTTPS_PROXY` wants a user and a password.",
            new HttpRequestException(HttpRequestError.ProxyTunnelError, "The proxy tunnel request failed.", statusCode: HttpStatusCode.ProxyAuthenticationRequired)),
        await Failing.CallAsync(
            "proxy-page", "A page came back in place of an answer of AWS: a firewall's, or the login of a network.",
            new AmazonServiceException("see inner", null, HttpStatusCode.Forbidden)),
    ];
}
