using Amazon.Runtime.Credentials;
using Amazon.SecurityToken.Model;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Aws;

/// <summary>AWS STS.</summary>
public sealed class StsCallerIdentity(AwsConnection connection, TimeProvider time) : ICallerIdentity
{
    private readonly AwsCall aws = new(connection.Errors, time);

    /// <inheritdoc />
    public async Task<Caller> GetAsync(CancellationToken cancellationToken)
    {
        var operation = new AwsOperation("sts:GetCallerIdentity", "get", "caller identity", "sts");
        var (answer, session) = await aws.FinallyAsync(operation, () => AskAsync(cancellationToken), cancellationToken);
        return answer.Account is { Length: > 0 } account
            ? new Caller(account, answer.Arn ?? "unknown") { Session = session }
            : throw operation.Incomplete("account");
    }

    private async Task<(GetCallerIdentityResponse Answer, CredentialSession? Session)> AskAsync(CancellationToken cancellationToken)
    {
        CredentialSession? session = null;
        // Without credentials this client goes on to another way of signing and complains of a missing package.
        if (connection.Embedded is null)
        {
            using var resolver = new DefaultAWSCredentialsIdentityResolver();
            var credentials = connection.Credentials ?? await resolver.ResolveIdentityAsync(connection.Sts.Config, cancellationToken);
            var keys = await credentials.GetCredentialsAsync();
            session = CredentialSessions.Of(credentials, keys.Token, Environment.GetEnvironmentVariable);
        }

        return (await connection.Sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellationToken), session);
    }
}
