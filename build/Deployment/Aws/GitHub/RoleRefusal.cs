using Slipway.Deployment.Reporting;

namespace Slipway.Deployment.Aws.GitHub;

/// <summary>Why a role was not given for a token, and which claim its trust policy has to allow. Pure; never shows the token.</summary>
internal static class RoleRefusal
{
    private const int MaxMessage = 300;

    /// <summary>What to throw; null where it is no refusal but something that may pass.</summary>
    public static SlipwayException? Explain(string roleArn, string? code, string? message, TokenClaims claims)
    {
        var remedy = code switch
        {
            "AccessDenied" or "AccessDeniedException" =>
                $"let the trust policy of the role allow sts:AssumeRoleWithWebIdentity for the provider '{claims.Provider}' with "
                + $"\"{claims.Provider}:sub\" = \"{claims.Subject ?? "…"}\" and \"{claims.Provider}:aud\" = \"{claims.Audience ?? "…"}\" "
                + "(a job with 'environment:' has another sub than one without), and check that the role exists",
            "InvalidIdentityToken" when Mentions(message, "audience") =>
                $"add '{claims.Audience ?? "sts.amazonaws.com"}' to the client ids of the provider '{claims.Provider}' in IAM, and let the trust policy of the "
                + $"role allow \"{claims.Provider}:aud\" = \"{claims.Audience ?? "sts.amazonaws.com"}\"",
            "InvalidIdentityToken" when Mentions(message, "OpenIDConnect provider") =>
                $"create the provider in the account of the role: aws iam create-open-id-connect-provider --url https://{claims.Provider} "
                + $"--client-id-list {claims.Audience ?? "sts.amazonaws.com"} (infra/github-deploy.yaml does)",
            "InvalidIdentityToken" => $"check the provider '{claims.Provider}' in IAM: its address and its client ids",
            "IDPRejectedClaim" => "run the job again: the token has ended or was withdrawn",
            "ExpiredTokenException" or "ExpiredToken" => "set this machine's clock, or run the job again: a token lasts for minutes",
            "ValidationError" or "ValidationException" => "correct AWS_ROLE_ARN and AWS_ROLE_SESSION_NAME",
            "RegionDisabledException" => "activate STS for this region in the account's IAM settings, or deploy in another",
            _ => null,
        };
        return remedy is null ? null : new SlipwayException(
            ExitCode.PreconditionFailed,
            $"failed to assume role '{roleArn}' by this job's GitHub token: {code} {PlainText.Of(message ?? string.Empty, MaxMessage)}\n"
            + $"The token says: {claims}.",
            remedy);
    }

    private static bool Mentions(string? message, string words) => message?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;
}
