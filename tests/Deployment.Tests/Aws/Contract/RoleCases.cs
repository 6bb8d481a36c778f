using System.Globalization;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Slipway.Deployment.Aws.GitHub;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Tests.Aws.GitHub;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Aws.Contract;

/// <summary>The role that a job of GitHub Actions takes. GitHub's own endpoint is played; its tokens are signed by nobody.</summary>
internal static class RoleCases
{
    private const string Role = "arn:aws:iam::123456789012:role/deploy";
    private const string Job = "repo:acme/web:environment:production";

    public static IReadOnlyList<ContractCase> All { get; } =
    [
        Case("keys of a session that open the account", "assumed-role/deploy/slipway-42-1, ends later: True", account => AssumeAsync(account, Role, Tokens.Of(Job))),
        Case("a token for somebody else", "PreconditionFailed: InvalidIdentityToken", account => AssumeAsync(account, Role, Tokens.Of(Job, "sigstore"))),
        Case("no token at all", "PreconditionFailed: InvalidIdentityToken", account => AssumeAsync(account, Role, "not-a-token")),
    ];

    private static async Task<string> AssumeAsync(ContractAccount account, string role, string token)
    {
        await using var github = new OneAnswer($$"""{ "value": "{{token}}" }""");
        var variables = new Dictionary<string, string?>
        {
            ["ACTIONS_ID_TOKEN_REQUEST_URL"] = $"{github.Address}/token",
            ["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "bearer",
            ["GITHUB_RUN_ID"] = "42",
            ["GITHUB_RUN_ATTEMPT"] = "1",
        };
        var config = new AmazonSecurityTokenServiceConfig { ServiceURL = account.Endpoint.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 };
        using var credentials = new GitHubRoleCredentials(role, config, variables.GetValueOrDefault, new NoSecretMask(), TimeProvider.System);
        try
        {
            using var sts = new AmazonSecurityTokenServiceClient(credentials, config);
            var caller = await sts.GetCallerIdentityAsync(new GetCallerIdentityRequest());
            return string.Create(
                CultureInfo.InvariantCulture, $"{caller.Arn.Split(':')[^1]}, ends later: {credentials.Expiration > TimeProvider.System.GetUtcNow().UtcDateTime}");
        }
        catch (SlipwayException refusal) when (refusal.Message.Contains("InvalidIdentityToken", StringComparison.Ordinal))
        {
            return $"{refusal.ExitCode}: InvalidIdentityToken";
        }
        catch (AmazonServiceException failure)
        {
            return $"{failure.StatusCode}: {failure.ErrorCode}";
        }
    }

    private static ContractCase Case(string name, string expected, Func<ContractAccount, Task<string>> ask) =>
        new("sts:AssumeRoleWithWebIdentity", name, expected, account => ask((ContractAccount)account));
}
