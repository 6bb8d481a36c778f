using Amazon.Runtime;
using Slipway.Deployment.Reporting;

namespace Slipway.Deployment.Aws;

/// <summary>Why the SDK's credential chain gave nothing, in one sentence. Pure.</summary>
internal static class CredentialErrors
{
    private const int MaxMessage = 400;

    private const string NotFound =
        "no AWS credentials were found. Looked for: AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY, AWS_ROLE_ARN with a token of GitHub Actions or AWS_WEB_IDENTITY_TOKEN_FILE, "
        + "the profile that AWS_PROFILE names (or 'default') in ~/.aws, the role of a container, the role of an EC2 instance";

    public static SlipwayException Explain(AwsOperation operation, Exception error)
    {
        var (what, remedy) = Explain(error);
        return new SlipwayException(ExitCode.PreconditionFailed, $"{operation.Failed}: {what}", remedy, error);
    }

    private static (string What, string Remedy) Explain(Exception error)
    {
        var text = error.Message;
        if (error.GetType().Name == "ProfileNotFoundException")
            return ($"the profile does not exist: {PlainText.Of(text, MaxMessage)}", "correct AWS_PROFILE, or add the profile to ~/.aws/config");

        // The chain lists what each of its providers said, one a line; a profile that is there and of no use is the cause.
        var profile = Array.Find(
            text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            line => Mentions(line, "profile") && !Mentions(line, "Unable to find the") && !Mentions(line, "credential providers"));
        if (profile is not null && (Mentions(profile, "not allowed here") || Mentions(profile, "SSO")))
            return ($"the profile needs a login: {Said(profile)}", "run: aws sso login --profile <profile>");
        if (profile is not null) return ($"the profile cannot be used: {Said(profile)}", "correct the profile in ~/.aws/config");

        if (Mentions(text, "Error calling AssumeRole") && error.InnerException is AmazonServiceException { ErrorCode: "AccessDenied" or "InvalidIdentityToken" })
        {
            return (PlainText.Of(WithAnswer(text, error), MaxMessage),
                "let the trust policy of the role allow the caller (a profile's source) or the token (its sub and aud), and check that the role exists");
        }

        if (Mentions(text, "credential_process") || Mentions(text, "credential process") || Mentions(text, "Command returned non-zero"))
        {
            return ($"the program of the profile's credential_process gave no credentials: {PlainText.Of(text, MaxMessage)}",
                "run the program by hand: it must print the JSON that the AWS CLI documents");
        }

        return Mentions(text, "resolve AWS credentials") || Mentions(text, "security credentials")
            ? (NotFound, "set one of them, or deploy to the embedded cloud with --environment=local")
            : (PlainText.Of(WithAnswer(text, error), MaxMessage), "check the credentials and the profile");
    }

    /// <summary>With what STS answered, where a role could not be assumed.</summary>
    private static string WithAnswer(string text, Exception error) =>
        error.InnerException is AmazonServiceException { ErrorCode: { Length: > 0 } code } answer ? $"{text}: {code} {answer.Message}" : text;

    /// <summary>Without the SDK's "Exception 3 of 4: ".</summary>
    private static string Said(string line)
    {
        var colon = line.StartsWith("Exception ", StringComparison.Ordinal) ? line.IndexOf(": ", StringComparison.Ordinal) : -1;
        return PlainText.Of(colon < 0 ? line : line[(colon + 2)..], MaxMessage);
    }

    private static bool Mentions(string text, string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);
}
