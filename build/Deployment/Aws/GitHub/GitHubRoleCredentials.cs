using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Slipway.Deployment.Reporting;

namespace Slipway.Deployment.Aws.GitHub;

/// <summary>
/// The keys of a role that a job of GitHub Actions may take on. They last as long as the role says (one hour unless it allows more and more is
/// asked for, which is not done), and are renewed with a new token five minutes before they end.
/// </summary>
internal sealed class GitHubRoleCredentials : RefreshingAWSCredentials
{
    private readonly string roleArn;
    private readonly Func<string, string?> variable;
    private readonly AmazonSecurityTokenServiceConfig config;
    private readonly ISecretMask mask;
    private readonly TimeProvider time;

    /// <summary>Asks for nothing yet.</summary>
    public GitHubRoleCredentials(string roleArn, AmazonSecurityTokenServiceConfig config, Func<string, string?> variable, ISecretMask mask, TimeProvider time)
    {
        (this.roleArn, this.config, this.variable, this.mask, this.time) = (roleArn, config, variable, mask, time);
        PreemptExpiryTime = TimeSpan.FromMinutes(5);
    }

    protected override CredentialsRefreshState GenerateNewCredentials() => GenerateNewCredentialsAsync().GetAwaiter().GetResult();

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        var job = GitHubTokenRequest.Require(roleArn, variable);
#pragma warning disable CA2000 // The client disposes it.
        using var http = new HttpClient(
            new SocketsHttpHandler { Proxy = new DirectToThisMachine(HttpClient.DefaultProxy), AllowAutoRedirect = false }, disposeHandler: true)
        {
            Timeout = TimeSpan.FromSeconds(30),
        };
#pragma warning restore CA2000
        var token = await new GitHubTokens(http, time).GetAsync(job, CancellationToken.None);
        mask.Mask(token);

        // The token is the credential of this call: it is not signed.
        using var sts = new AmazonSecurityTokenServiceClient(new AnonymousAWSCredentials(), config);
        try
        {
            var answer = await sts.AssumeRoleWithWebIdentityAsync(new AssumeRoleWithWebIdentityRequest
            {
                RoleArn = roleArn,
                RoleSessionName = job.SessionName,
                WebIdentityToken = token,
            });
            return Keep(answer.Credentials);
        }
        catch (AmazonServiceException refusal) when (RoleRefusal.Explain(roleArn, refusal.ErrorCode, refusal.Message?.Replace(token, "***", StringComparison.Ordinal), TokenClaims.Read(token)) is { } explained)
        {
            throw explained;
        }
    }

    private CredentialsRefreshState Keep(Credentials? keys)
    {
        if (keys is not { AccessKeyId.Length: > 0, SecretAccessKey.Length: > 0, SessionToken.Length: > 0, Expiration: { } end })
            throw new AwsOperation("sts:AssumeRoleWithWebIdentity", "assume", "role", roleArn).Incomplete("credentials");
        mask.Mask(keys.SecretAccessKey);
        mask.Mask(keys.SessionToken);
        return new CredentialsRefreshState(new ImmutableCredentials(keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken), end.ToUniversalTime());
    }
}
