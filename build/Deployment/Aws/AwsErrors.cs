using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Aws;

/// <summary>
/// Turns what the SDK throws into what a person can act on. Pure. What another try may cure becomes a
/// <see cref="TransientServiceException"/>, everything else a <see cref="SlipwayException"/>.
/// </summary>
internal sealed class AwsErrors(string region, Uri? embedded)
{
    private const int MaxMessage = 600;

    /// <summary>The exception to throw instead of <paramref name="error"/>.</summary>
    public Exception Translate(AwsOperation operation, Exception error) => error switch
    {
        // Its message quotes the answer, which may hold a token.
        AmazonUnmarshallingException { InnerException.Message: { } said } when said.Contains("'<' is an invalid start", StringComparison.Ordinal) =>
            NetworkErrors.NotAws(operation, null, embedded),
        AmazonUnmarshallingException => new TransientServiceException($"{operation.Failed}: the answer could not be read", false, UnreadableRemedy(), null)
        {
            MayBeDone = true,
        },
        AmazonServiceException { ErrorCode: { Length: > 0 } } answer => Answered(operation, answer),
        AmazonClientException { InnerException: AmazonServiceException inner } when IsPassing(inner) => Translate(operation, inner),
        _ when NetworkErrors.Find(operation, error) is { } refusal => refusal,
        _ when FindRefusal(error) is { } refused => Unreachable(operation, error, refused),
        AmazonServiceException { StatusCode: var status } when NetworkErrors.IsRefusal(status) => NetworkErrors.NotAws(operation, status, embedded),
        AmazonServiceException { StatusCode: var status } =>
            Passing(operation, FormattableString.Invariant($"status {(int)status}"), error, mayBeDone: MayFollowWork(status)),
        HttpRequestException or TimeoutException or IOException or OperationCanceledException =>
            Passing(operation, PlainText.Of(error.Message, MaxMessage), error, mayBeDone: true),
        _ => CredentialErrors.Explain(operation, error),
    };

    private Exception Answered(AwsOperation operation, AmazonServiceException answer)
    {
        var message = $"{operation.Failed}: {answer.ErrorCode} {PlainText.Of(answer.Message ?? string.Empty, MaxMessage)}".TrimEnd();
        if (IsPassing(answer))
        {
            var isThrottled = IsThrottled(answer);
            var remedy = isThrottled
                ? "try again later: the account's request rate is used up"
                : "try again later; health.aws.amazon.com tells of outages";
            return new TransientServiceException(message, isThrottled, remedy, answer) { MayBeDone = !isThrottled && MayFollowWork(answer.StatusCode) };
        }

        var (exitCode, advice) = AwsErrorCodes.Explain(answer.ErrorCode, answer.Message, operation, region);
        return new SlipwayException(exitCode, message, advice, answer);
    }

    private Exception Unreachable(AwsOperation operation, Exception error, SocketError refused) =>
        embedded is not null && refused == SocketError.ConnectionRefused
            ? new SlipwayException(
                ExitCode.PreconditionFailed, $"{operation.Failed}: nothing answers at {embedded.GetLeftPart(UriPartial.Authority)}.",
                "start the embedded cloud: ./build.sh --target=LocalUp", error)
            : Passing(
                operation, $"no connection ({refused})", error,
                mayBeDone: refused is not (SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.TryAgain or SocketError.HostUnreachable));

    private TransientServiceException Passing(AwsOperation operation, string what, Exception error, bool mayBeDone = false) =>
        new($"{operation.Failed}: {what}", false, UnreadableRemedy(), error) { MayBeDone = mayBeDone };

    private string UnreadableRemedy() => embedded is null
        ? $"check the network, HTTPS_PROXY, AWS_ENDPOINT_URL and that '{region}' is a region of AWS, then try again"
        : "look at the embedded cloud with ./build.sh --target=Status, or restart it with --target=LocalDown and --target=LocalUp";

    private static bool IsPassing(AmazonServiceException answer) => IsThrottled(answer) || (int)answer.StatusCode >= 500;

    /// <summary>A gateway gives up on an answer, and a service breaks, after the work as well as before it. 503 refuses the work.</summary>
    private static bool MayFollowWork(HttpStatusCode status) => (int)status >= 500 && status != HttpStatusCode.ServiceUnavailable;

    private static bool IsThrottled(AmazonServiceException answer) =>
        answer.Retryable?.Throttling == true || AwsErrorCodes.IsThrottling(answer.ErrorCode ?? string.Empty, answer.Message);

    private static SocketError? FindRefusal(Exception error)
    {
        for (var current = error; current is not null; current = current.InnerException)
        {
            if (current is SocketException socket) return socket.SocketErrorCode;
            if (current is WebException) return SocketError.SocketError;
        }

        return null;
    }
}
