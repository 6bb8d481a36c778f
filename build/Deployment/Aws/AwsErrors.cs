using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Rollouts;

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
        AmazonUnmarshallingException => new TransientServiceException($"{operation.Failed}: the answer could not be read", false, UnreadableRemedy(), null),
        AmazonServiceException { ErrorCode: { Length: > 0 } } answer => Answered(operation, answer),
        _ when FindRefusal(error) is { } refused => Unreachable(operation, error, refused),
        AmazonServiceException answer => Passing(operation, FormattableString.Invariant($"status {(int)answer.StatusCode}"), false, error),
        HttpRequestException or TimeoutException or IOException or OperationCanceledException =>
            Passing(operation, PlainText.Of(error.Message, MaxMessage), false, error),
        _ => Credentials(operation, error),
    };

    private Exception Answered(AwsOperation operation, AmazonServiceException answer)
    {
        var message = $"{operation.Failed}: {answer.ErrorCode} {PlainText.Of(answer.Message ?? string.Empty, MaxMessage)}".TrimEnd();
        var isThrottled = answer.Retryable?.Throttling == true || AwsErrorCodes.IsThrottling(answer.ErrorCode, answer.Message);
        if (isThrottled || (int)answer.StatusCode >= 500)
        {
            var remedy = isThrottled ? "try again later: the account's request rate is used up" : "try again later; health.aws.amazon.com tells of outages";
            return new TransientServiceException(message, isThrottled, remedy, answer);
        }

        var (exitCode, advice) = AwsErrorCodes.Explain(answer.ErrorCode, answer.Message, operation, region);
        return new SlipwayException(exitCode, message, advice, answer);
    }

    private Exception Unreachable(AwsOperation operation, Exception error, SocketError refused) => embedded is not null && refused == SocketError.ConnectionRefused
        ? new SlipwayException(
            ExitCode.PreconditionFailed, $"{operation.Failed}: nothing answers at {embedded.GetLeftPart(UriPartial.Authority)}.",
            "start the embedded cloud: ./build.sh --target=LocalUp", error)
        : Passing(operation, $"no connection ({refused})", false, error);

    private TransientServiceException Passing(AwsOperation operation, string what, bool throttled, Exception error) =>
        new($"{operation.Failed}: {what}", throttled, UnreadableRemedy(), error);

    private string UnreadableRemedy() => embedded is null
        ? $"check the network, HTTPS_PROXY, AWS_ENDPOINT_URL and that '{region}' is a region of AWS, then try again"
        : "look at the embedded cloud with ./build.sh --target=Status, or restart it with --target=LocalDown and --target=LocalUp";

    private static SlipwayException Credentials(AwsOperation operation, Exception error)
    {
        var text = error.Message;
        var (what, remedy) = text switch
        {
            _ when Mentions(text, "not allowed here", "SSO") => (
                $"the profile needs a login: {PlainText.Of(text, MaxMessage)}", "run: aws sso login --profile <profile>"),
            _ when error.GetType().Name == "ProfileNotFoundException" || Mentions(text, "profile") && Mentions(text, "not found", "could not be found") => (
                $"the profile does not exist: {PlainText.Of(text, MaxMessage)}", "correct AWS_PROFILE, or add the profile to ~/.aws/config"),
            _ when Mentions(text, "resolve AWS credentials", "Unable to get IAM security credentials", "credentials") => (
                "no AWS credentials were found. Looked for: AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY, AWS_ROLE_ARN with "
                + "AWS_WEB_IDENTITY_TOKEN_FILE, the profile that AWS_PROFILE names (or 'default') in ~/.aws, the role of a container, the role of an EC2 instance",
                "set one of them, or deploy to the embedded cloud with --environment=local"),
            _ => (PlainText.Of(text, MaxMessage), "check the credentials and the profile"),
        };
        return new SlipwayException(ExitCode.PreconditionFailed, $"{operation.Failed}: {what}", remedy, error);
    }

    private static bool Mentions(string text, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

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
