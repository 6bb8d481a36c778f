using System.Net;
using System.Security.Authentication;
using Slipway.Deployment.Reporting;

namespace Slipway.Deployment.Aws;

/// <summary>What stands between this machine and AWS and is not cured by another try: certificates, proxies, login pages. Pure.</summary>
internal static class NetworkErrors
{
    private const int MaxMessage = 300;

    /// <summary>A refusal of TLS or of a proxy; null where it is neither.</summary>
    public static SlipwayException? Find(AwsOperation operation, Exception error)
    {
        for (var current = error; current is not null; current = current.InnerException)
        {
            if (current is AuthenticationException refused) return Tls(operation, refused);

            // Its message names the proxy's address, which may hold a password.
            if (current is HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } tunnel)
                return Proxy(operation, tunnel.StatusCode);
        }

        return null;
    }

    /// <summary>Whether an answer without an error code of AWS's is final: AWS never answers so.</summary>
    public static bool IsRefusal(HttpStatusCode status) => (int)status is >= 300 and < 500 and not 408 and not 429;

    /// <summary>An answer that no service of AWS gives: a page of a proxy, a firewall or a login.</summary>
    /// <param name="operation">What was called.</param>
    /// <param name="status">The answer's status; null where it pretends to be a success.</param>
    /// <param name="embedded">The embedded cloud's endpoint; null for AWS.</param>
    public static SlipwayException NotAws(AwsOperation operation, HttpStatusCode? status, Uri? embedded)
    {
        if (status == HttpStatusCode.ProxyAuthenticationRequired) return Proxy(operation, status);
        var what = status is { } number ? FormattableString.Invariant($"an answer of status {(int)number} without an error of AWS") : "a web page";
        return new SlipwayException(
            ExitCode.PreconditionFailed, $"{operation.Failed}: {what} came back: something between this machine and AWS answered in its place.",
            embedded is null
                ? "check HTTPS_PROXY, NO_PROXY and AWS_ENDPOINT_URL: is it a proxy's or a firewall's page, or the login of a network?"
                : $"look what listens at {embedded.GetLeftPart(UriPartial.Authority)}");
    }

    private static SlipwayException Proxy(AwsOperation operation, HttpStatusCode? status) => new(
        ExitCode.PreconditionFailed,
        FormattableString.Invariant($"{operation.Failed}: the proxy does not let the call through{(status is { } number ? $" (status {(int)number})" : "")}."),
        status == HttpStatusCode.ProxyAuthenticationRequired
            ? "give user and password in HTTPS_PROXY, or name the hosts that need no proxy in NO_PROXY"
            : "let the proxy of HTTPS_PROXY connect to the services of AWS, or name the hosts that need no proxy in NO_PROXY");

    private static SlipwayException Tls(AwsOperation operation, AuthenticationException refused) => new(
        ExitCode.PreconditionFailed, $"{operation.Failed}: no TLS connection: {PlainText.Of(refused.Message, MaxMessage)}",
        "check who answers: a company's proxy needs its authority among this machine's certificates (or in the file of SSL_CERT_FILE), "
        + "and an AWS_ENDPOINT_URL with https must speak TLS; a wrong clock makes good certificates look ended",
        refused);
}
