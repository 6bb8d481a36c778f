using Slipway.Deployment.Aws.GitHub;

namespace Slipway.Deployment.Tests.Aws.GitHub;

public sealed class RoleRefusalTests
{
    private const string Role = "arn:aws:iam::123456789012:role/github-deploy";
    private static readonly TokenClaims Claims = TokenClaims.Read(Tokens.Of("repo:acme/web:environment:production"));

    [TestCase("AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity", "\"token.actions.githubusercontent.com:sub\" = \"repo:acme/web:environment:production\"")]
    [TestCase("InvalidIdentityToken", "Incorrect token audience", "\"token.actions.githubusercontent.com:aud\" = \"sts.amazonaws.com\"")]
    [TestCase("InvalidIdentityToken", "No OpenIDConnect provider found in your account for https://token.actions.githubusercontent.com", "create-open-id-connect-provider --url https://token.actions.githubusercontent.com")]
    [TestCase("InvalidIdentityToken", "Couldn't retrieve verification key from your identity provider", "check the provider")]
    [TestCase("IDPRejectedClaim", "Rejected", "run the job again")]
    [TestCase("ExpiredTokenException", "Token expired", "clock")]
    [TestCase("ValidationError", "1 validation error detected", "AWS_ROLE_ARN")]
    [TestCase("RegionDisabledException", "STS is not activated in this region", "activate STS")]
    public void A_refusal_tells_the_claims_and_what_the_trust_policy_has_to_allow(string code, string message, string remedy)
    {
        var refusal = RoleRefusal.Explain(Role, code, message, Claims)!;

        Assert.That(refusal.ExitCode, Is.EqualTo(ExitCode.PreconditionFailed));
        Assert.That(refusal.Message, Does.StartWith($"failed to assume role '{Role}' by this job's GitHub token: {code} {message}\n"));
        Assert.That(refusal.Message, Does.Contain($"sub 'repo:acme/web:environment:production', aud 'sts.amazonaws.com', iss '{Tokens.Issuer}'"));
        Assert.That(refusal.Remedy, Does.Contain(remedy));
    }

    [TestCase("Throttling")]
    [TestCase("InternalFailure")]
    [TestCase("IDPCommunicationError")]
    public void What_may_pass_is_no_refusal(string code) => Assert.That(RoleRefusal.Explain(Role, code, "x", Claims), Is.Null);

    [TestCase("")]
    [TestCase("a.b.c")]
    [TestCase("a.e30.c")]
    [TestCase("a.W10.c")]
    [TestCase("a.bm8ganNvbg.c")]
    public void A_token_that_cannot_be_read_has_no_claims(string token) =>
        Assert.That(TokenClaims.Read(token), Is.EqualTo(new TokenClaims(null, null, null)));

    [Test]
    public void A_claim_from_elsewhere_is_one_line() => Assert.That(
        TokenClaims.Read(Tokens.Of("repo:a\u001b[2J\nb")).Subject, Is.EqualTo("repo:a[2J b"));
}
