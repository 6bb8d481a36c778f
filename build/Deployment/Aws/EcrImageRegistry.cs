using System.Text;
using Amazon.ECR;
using Amazon.ECR.Model;
using Slipway.Deployment.Images;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.Aws;

/// <summary>Amazon ECR's control API.</summary>
/// <param name="connection">The account.</param>
/// <param name="time">The clock.</param>
/// <param name="mask">Is told each token before anybody else has it.</param>
public sealed class EcrImageRegistry(AwsConnection connection, TimeProvider time, ISecretMask mask) : IImageRegistry
{
    private readonly AwsCall aws = new(connection.Errors, time);

    /// <inheritdoc />
    public async Task<ImageRepository> GetRepositoryAsync(string name, CancellationToken cancellationToken)
    {
        var operation = new AwsOperation("ecr:DescribeRepositories", "describe", "repository", name);
        var answer = await aws.FinallyAsync(
            operation,
            () => connection.Ecr.DescribeRepositoriesAsync(new DescribeRepositoriesRequest { RepositoryNames = [name] }, cancellationToken),
            cancellationToken);
        return EcrImageRepositories.Find(answer, name) is { } found
            ? EcrImageRepositories.Of(found)
            : throw new SlipwayException(ExitCode.PreconditionFailed, $"{operation.Failed}: ECR's answer does not hold it.", "check the name and the region");
    }

    /// <inheritdoc />
    public async Task<string?> FindDigestAsync(string repository, string tagOrDigest, CancellationToken cancellationToken)
    {
        var operation = new AwsOperation("ecr:BatchGetImage", "find", "image", $"{repository}:{tagOrDigest}");
        var isDigest = tagOrDigest.StartsWith("sha256:", StringComparison.Ordinal);
        var identifier = isDigest ? new ImageIdentifier { ImageDigest = tagOrDigest } : new ImageIdentifier { ImageTag = tagOrDigest };
        var answer = await aws.FinallyAsync(
            operation,
            () => connection.Ecr.BatchGetImageAsync(new BatchGetImageRequest { RepositoryName = repository, ImageIds = [identifier] }, cancellationToken),
            cancellationToken);
        if (answer.Images is [{ ImageId.ImageDigest: { Length: > 0 } digest }, ..]) return digest;

        return answer.Failures is [{ FailureCode.Value: not "ImageNotFound" } failure, ..]
            ? throw new SlipwayException(
                ExitCode.PreconditionFailed, $"{operation.Failed}: {failure.FailureCode} {failure.FailureReason}", "look at the image in ECR")
            : null;
    }

    /// <inheritdoc />
    public Task<RegistryLogin> LoginAsync(CancellationToken cancellationToken) =>
        LoginAsync("ecr", connection.Ecr, new GetAuthorizationTokenRequest(), cancellationToken);

    /// <inheritdoc />
    public async Task<RegistryLogin?> LoginToAsync(string host, CancellationToken cancellationToken)
    {
        if (EcrHost.Parse(host) is { } registry)
        {
            // A token opens the registries of its region that the caller may read, whose account they are.
            var login = await LoginAsync(host, connection.EcrIn(registry.Region), new GetAuthorizationTokenRequest(), cancellationToken);
            return login with { Endpoint = $"https://{host}" };
        }

        var own = await LoginAsync(cancellationToken);
        return Uri.TryCreate(own.Endpoint, UriKind.Absolute, out var endpoint) && endpoint.Authority == host ? own : null;
    }

    private async Task<RegistryLogin> LoginAsync(
        string registry, IAmazonECR client, GetAuthorizationTokenRequest request, CancellationToken cancellationToken)
    {
        var operation = new AwsOperation("ecr:GetAuthorizationToken", "get", "authorization token", registry);
        var answer = await aws.FinallyAsync(operation, () => client.GetAuthorizationTokenAsync(request, cancellationToken), cancellationToken);
        if (answer.AuthorizationData is [{ ProxyEndpoint: { Length: > 0 } endpoint, ExpiresAt: { } expiresAt } data, ..]
            && Decode(data.AuthorizationToken) is [var user, { Length: > 0 } password])
        {
            // The token as it came is what Docker's configuration holds; the password is what its login is given.
            mask.Mask(data.AuthorizationToken!);
            mask.Mask(password);
            return new RegistryLogin(endpoint, user, password, Moment.Of(expiresAt)!.Value);
        }

        throw new SlipwayException(
            ExitCode.PreconditionFailed,
            $"{operation.Failed}: ECR's answer holds no token that could be read.",
            "try again; then check AWS_ENDPOINT_URL");
    }

    private static string[]? Decode(string? token)
    {
        var bytes = new byte[token?.Length ?? 0];
        return token is not null && Convert.TryFromBase64String(token, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2)
            : null;
    }
}
