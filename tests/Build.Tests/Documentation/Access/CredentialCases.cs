using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Microsoft.Extensions.Time.Testing;
using Slipway.Deployment.Rollouts;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;
using Slipway.Deployment.Tests.Rollouts;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Build.Tests.Documentation.Access;

/// <summary>Keys, profiles and their account.</summary>
internal static class CredentialCases
{
    private const string Chain = "Failed to resolve AWS credentials. The credential providers used to search for credentials returned the following errors:\n\n";

    public static async Task<IReadOnlyList<PageCase>> AllAsync() =>
    [
        await Failing.CallAsync("no-credentials", "No source of credentials gave any.", new AmazonClientException(Chain)),
        await Failing.SettingsAsync(
            "half-a-credential", "Of the variables of a pair of keys one is missing. In GitHub Actions a secret that does not exist is an empty variable.",
            "AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY="),
        await Failing.SettingsAsync(
            "pasted-badly", $"A line end or quotes around a pasted value are left out, and the run goes on with a warning: \"{OfTrailingLineEnd()}\" What is wrong inside a value is refused; it is never shown.",
            "AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY=first-half\nsecond-half"),
        await Failing.AnswerAsync("expired", "The keys of a session live for hours, mostly one.", "ExpiredToken", "The security token included in the request is expired"),
        await Failing.AnswerAsync(
            "unknown-key", "The key was deleted or is not active, or belongs to another partition.", "InvalidClientTokenId", "The security token included in the request is invalid."),
        await Failing.AnswerAsync(
            "wrong-secret", "Key and secret do not belong together.", "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method."),
        await Failing.AnswerAsync(
            "clock-skew", "This machine's clock is more than 15 minutes off. The SDK corrects that by the server's time where the answer has one.",
            "InvalidSignatureException", "Signature expired: 20260301T113000Z is now earlier than 20260301T114500Z (20260301T120000Z - 15 min.)"),
        await Failing.CallAsync("unknown-profile", "`AWS_PROFILE` names a profile that neither `~/.aws/config` nor `~/.aws/credentials` has.", new ProfileNotFoundException("Unable to find the \"team\" profile.")),
        await Failing.CallAsync(
            "sso-login", "The profile is one of IAM Identity Center, and its session has ended or was never begun.",
            new AmazonClientException("This type of profile is not allowed here: the SSO token of profile [team] has expired")),
        await ToldEnding.CaseAsync("wrong-account", "The environment's file pins an account (`accountId`). Asked before the first change.", "EcrLogin", WrongAccountAsync),
        await Failing.AnswerAsync(
            "boundary", "A permissions boundary of the caller takes a right back that its policies give. The same words of the execution role are under [permissions-boundary](#permissions-boundary).",
            "AccessDeniedException",
            "User: arn:aws:iam::123456789012:user/github-actions is not authorized to perform: ecr:GetAuthorizationToken on resource: * because no permissions boundary allows the ecr:GetAuthorizationToken action",
            isLogin: true),
    ];

    private static string OfTrailingLineEnd() => SettingsReader
        .Read(Sources.Of(["--environment=production"], ["AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY=pasted\n"]))
        .Require().Remarks.Single().Text;

    private static Task WrongAccountAsync() =>
        new CallerCheck(TestSettings.Local with { Environment = "production", AccountId = "210987654321" }, new FakeIdentity(), new NoReport(), new FakeTimeProvider(Given.Noon))
            .CheckAsync(TimeSpan.Zero, CancellationToken.None);

    private sealed class FakeIdentity : ICallerIdentity
    {
        public Task<Caller> GetAsync(CancellationToken cancellationToken) =>
            Task.FromResult(new Caller("123456789012", "arn:aws:iam::123456789012:user/github-actions"));
    }
}
