using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.Preflight.Checks;

/// <summary>Whether an image that is named already is there, and built for the machines that run it.</summary>
internal sealed class ImageCheck(DeploymentSettings settings, CloudFacts facts) : ICheck
{
    public string Name => "image";

    public async Task<CheckNode> RunAsync(CancellationToken cancellationToken)
    {
        if (settings.TaskDefinition is TaskDefinitionSource.Revision) return CheckNode.Skip(Name, $"because {settings.StartsFrom}");
        var answer = await facts.Image.AskAsync(cancellationToken);
        if (!answer.HasValue) return answer.Explain(Name, isNeeded: settings.Image is not null);
        if (answer.Value is not { } look) return CheckNode.Skip(Name, "none is named: the next deployment builds one, or starts from --image");
        var named = $"'{look.Address}' ({look.Origin})";
        if (!look.IsOurs) return CheckNode.Skip(Name, $"{named} is in another registry, which is not asked");
        if (look.Digest is null) return Missing(look, named);
        await facts.Definition.AskAsync(cancellationToken);
        return Judge(look, named, facts.Definition.Known is { } definition ? PlatformChecks.PlatformOf(definition.Document.Root, definition.IsFargate) : null);
    }

    // What an earlier run pushed may be gone: the next one builds it anew.
    private CheckNode Missing(ImageLook look, string named) => settings.Image is null
        ? CheckNode.Skip(Name, $"{named} is not in the repository any more: the next deployment builds it anew")
        : CheckNode.Ng(
            Name, $"The repository has no image {named}.", $"look at the images that it has: aws ecr list-images --repository-name {look.Address.Name}");

    private CheckNode Judge(ImageLook look, string named, string? wanted)
    {
        if (look.Unread is not null) return CheckNode.Skip(Name, $"{named} is there ({look.Digest}); its platform is not known: {look.Unread}");
        var platforms = string.Join(", ", look.Platforms);
        return wanted is null || look.Platforms.Contains(wanted)
            ? CheckNode.Ok(Name, $"{named} is there ({look.Digest}), built for {platforms}")
            : CheckNode.Ng(
                Name, $"{named} is built for {platforms}, and the task definition runs on {wanted}.",
                "build it for that platform (--platform), or correct 'runtimePlatform' in the task definition");
    }
}
