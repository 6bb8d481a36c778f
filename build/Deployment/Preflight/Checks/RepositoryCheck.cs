using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Preflight.Checks;

/// <summary>Whether the repository is in the region.</summary>
internal sealed class RepositoryCheck(DeploymentSettings settings, CloudFacts facts) : ICheck
{
    private const string NotFound = "RepositoryNotFoundException";

    public string Name => "repository";

    public async Task<CheckNode> RunAsync(CancellationToken cancellationToken)
    {
        var answer = await facts.Repository.AskAsync(cancellationToken);
        if (settings.CreatesRepository && answer.Refusal is { Code: NotFound })
            return CheckNode.Ok(Name, $"'{settings.Repository}' does not exist yet: Push creates it (--create-repository)");
        if (!answer.HasValue) return answer.Explain(Name, isNeeded: settings.TaskDefinition is not TaskDefinitionSource.Revision);
        var repository = answer.Value!;
        return repository.ImmutableTags
            ? CheckNode.Ok(Name, $"'{repository.Uri}', with immutable tags")
            : CheckNode.Ok(Name, $"'{repository.Uri}', with tags that may change") with
            {
                Remedy = $"make a tag mean one image for good: aws ecr put-image-tag-mutability --repository-name {repository.Name} --image-tag-mutability IMMUTABLE "
                    + $"--region {settings.Region}",
            };
    }
}
