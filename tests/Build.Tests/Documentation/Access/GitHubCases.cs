using Slipway.Deployment.Aws.GitHub;
using Slipway.Deployment.Tests.Aws.GitHub;

namespace Slipway.Build.Tests.Documentation.Access;

/// <summary>The role of a job of GitHub Actions.</summary>
internal static class GitHubCases
{
    private const string Role = "arn:aws:iam::123456789012:role/github-deploy";

    public static async Task<IReadOnlyList<PageCase>> AllAsync() =>
    [
        await Failing.SettingsAsync(
            "keys-and-role", "The secrets of the keys are left over from before OIDC, or the role was added to a job that has keys.",
            "GITHUB_ACTIONS=true", $"AWS_ROLE_ARN={Role}", "AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY=x"),
        await ToldEnding.CaseAsync(
            "oidc-permission", "GitHub gives a job a token only with `permissions: id-token: write`.", "EcrLogin",
            () => Task.FromResult(GitHubTokenRequest.Require(Role, _ => null))),
        await RefusedAsync(
            "oidc-subject", "The role is not there, or its trust policy names another repository, branch or environment. The claims are those of the refused token.",
            "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity"),
        await RefusedAsync(
            "oidc-audience", "The provider in IAM, or the trust policy, does not know the audience.", "InvalidIdentityToken", "Incorrect token audience"),
        await RefusedAsync(
            "oidc-provider", "The account has no OIDC provider for GitHub yet.", "InvalidIdentityToken",
            $"No OpenIDConnect provider found in your account for {Tokens.Issuer}"),
    ];

    private static Task<PageCase> RefusedAsync(string key, string explanation, string code, string message) => ToldEnding.CaseAsync(
        key, explanation, "EcrLogin",
        () => throw RoleRefusal.Explain(Role, code, message, TokenClaims.Read(Tokens.Of("repo:acme/web:ref:refs/heads/main")))!);
}
