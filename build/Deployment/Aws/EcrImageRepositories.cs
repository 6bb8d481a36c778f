using Amazon.ECR;
using Amazon.ECR.Model;
using Slipway.Deployment.Images;

namespace Slipway.Deployment.Aws;

/// <summary>The repositories of Amazon ECR.</summary>
/// <param name="connection">The account.</param>
/// <param name="time">The clock.</param>
public sealed class EcrImageRepositories(AwsConnection connection, TimeProvider time) : IImageRepositories
{
    private readonly AwsCall aws = new(connection.Errors, time);

    /// <inheritdoc />
    public async Task<ImageRepository?> FindAsync(string name, CancellationToken cancellationToken) =>
        await DescribeAsync(name, cancellationToken) is { } found ? Of(found) : null;

    /// <inheritdoc />
    public async Task<ImageRepository?> CreateAsync(
        string name, RepositorySettings settings, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var request = new CreateRepositoryRequest
        {
            RepositoryName = name,
            ImageTagMutability = settings.ImmutableTags ? ImageTagMutability.IMMUTABLE : ImageTagMutability.MUTABLE,
            ImageScanningConfiguration = new ImageScanningConfiguration { ScanOnPush = settings.ScanOnPush },
            EncryptionConfiguration = new EncryptionConfiguration { EncryptionType = settings.Encryption },
            Tags = [.. tags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })],
        };
        var operation = new AwsOperation("ecr:CreateRepository", "create", "repository", name);
        var answer = await aws.FinallyAsync(
            operation, () => NullWhereAsync<CreateRepositoryResponse, RepositoryAlreadyExistsException>(connection.Ecr.CreateRepositoryAsync(request, cancellationToken)),
            cancellationToken);
        return answer is null ? null : Of(answer.Repository ?? throw operation.Incomplete("repository"));
    }

    /// <inheritdoc />
    public Task SetLifecycleAsync(string name, string lifecycle, CancellationToken cancellationToken) => aws.FinallyAsync(
        new AwsOperation("ecr:PutLifecyclePolicy", "set the lifecycle of", "repository", name),
        () => connection.Ecr.PutLifecyclePolicyAsync(
            new PutLifecyclePolicyRequest { RepositoryName = name, LifecyclePolicyText = lifecycle }, cancellationToken),
        cancellationToken);

    /// <inheritdoc />
    public async Task<RepositorySettings> ReadSettingsAsync(string name, CancellationToken cancellationToken)
    {
        var found = await DescribeAsync(name, cancellationToken)
            ?? throw new SlipwayException(ExitCode.PreconditionFailed, $"The repository '{name}' is gone again.", "run the same command");
        var lifecycle = await aws.FinallyAsync(
            new AwsOperation("ecr:GetLifecyclePolicy", "read the lifecycle of", "repository", name),
            () => NullWhereAsync<GetLifecyclePolicyResponse, LifecyclePolicyNotFoundException>(
                connection.Ecr.GetLifecyclePolicyAsync(new GetLifecyclePolicyRequest { RepositoryName = name }, cancellationToken)),
            cancellationToken);
        return new RepositorySettings(
            Of(found).ImmutableTags, found.ImageScanningConfiguration?.ScanOnPush == true,
            found.EncryptionConfiguration?.EncryptionType?.Value ?? "AES256", lifecycle?.LifecyclePolicyText);
    }

    internal static ImageRepository Of(Repository found) => new(
        found.RepositoryName, found.RepositoryUri, found.ImageTagMutability?.Value.StartsWith("IMMUTABLE", StringComparison.Ordinal) == true);

    /// <summary>The repository in an answer; null where it, or its address, is not there.</summary>
    internal static Repository? Find(DescribeRepositoriesResponse? answer, string name) =>
        answer?.Repositories?.Find(repository => repository.RepositoryName == name && repository.RepositoryUri is { Length: > 0 });

    private async Task<Repository?> DescribeAsync(string name, CancellationToken cancellationToken)
    {
        var answer = await aws.FinallyAsync(
            new AwsOperation("ecr:DescribeRepositories", "describe", "repository", name),
            () => NullWhereAsync<DescribeRepositoriesResponse, RepositoryNotFoundException>(
                connection.Ecr.DescribeRepositoriesAsync(new DescribeRepositoriesRequest { RepositoryNames = [name] }, cancellationToken)),
            cancellationToken);
        return Find(answer, name);
    }

    private static async Task<T?> NullWhereAsync<T, TError>(Task<T> call)
        where T : class
        where TError : AmazonECRException
    {
        try
        {
            return await call;
        }
        catch (TError)
        {
            return null;
        }
    }
}
