using System.Text;
using Newtonsoft.Json.Linq;
using Slipway.Deployment.Images;
using Slipway.Deployment.Rollouts;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions.Json;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.TaskDefinitions.Rendering;

/// <summary>The part of the cloud that a task definition may be made of.</summary>
/// <param name="Deployer">Has the service and its revisions.</param>
/// <param name="Registry">Has the images.</param>
/// <param name="Identity">Knows the account.</param>
public sealed record TaskDefinitionCloud(IServiceDeployer Deployer, IImageRegistry Registry, ICallerIdentity Identity);

/// <summary>A registered revision as a document.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="Document">Its content, without the tags that AWS set itself; it has no lines, as it is no file.</param>
/// <param name="Findings">What was left out.</param>
internal sealed record RegisteredRevision(string Arn, TaskDefinitionDocument Document, IReadOnlyList<Finding> Findings);

/// <summary>Finds revisions to start from.</summary>
internal sealed class RegisteredRevisions(DeploymentSettings settings, TaskDefinitionCloud cloud)
{
    /// <summary>The revision that the service has now.</summary>
    public async Task<RegisteredRevision> FindLiveAsync(CancellationToken cancellationToken)
    {
        var service = await ServicePreconditions.FindAsync(cloud.Deployer, settings, cancellationToken);
        var live = service.TaskDefinitionArn.Length == 0
            ? null
            : await cloud.Deployer.FindTaskDefinitionAsync(service.TaskDefinitionArn, cancellationToken);
        return Read(live ?? throw new SlipwayException(
            ExitCode.PreconditionFailed,
            $"Service '{settings.Service}' has no task definition to start from: '{service.TaskDefinitionArn}' is not there.",
            "deploy a file once: --task-definition=infra/ecs-task-def.json"));
    }

    /// <summary>A revision that can be deployed.</summary>
    public async Task<RegisteredRevision> FindAsync(string name, CancellationToken cancellationToken)
    {
        var found = await cloud.Deployer.FindTaskDefinitionAsync(name, cancellationToken) ?? throw new SlipwayException(
            ExitCode.PreconditionFailed,
            $"The task definition '{name}' does not exist in region {settings.Region}.",
            $"look at those that exist: aws ecs list-task-definitions --family-prefix {ResourceName.FamilyOf(name)}");
        var revision = Read(found);
        var status = CheckRun.TextOf(revision.Document.Root["status"]);
        return status is null or "ACTIVE" ? revision : throw new SlipwayException(
            ExitCode.PreconditionFailed,
            $"The task definition '{name}' is {status}: ECS starts no new deployment of it.",
            "name an active revision, or render its content anew from a file");
    }

    /// <summary>The digest of the image that a revision runs in the container of the settings; null where only a registry that is not asked knows it.</summary>
    public async Task<string?> FindDigestAsync(TaskDefinitionDocument revision, CancellationToken cancellationToken)
    {
        var targets = ContainerChoice.FindAll(revision, settings.Containers, []);
        if (targets.Count == 0 || CheckRun.TextOf(targets[0]["image"]) is not { } uri || !ImageReference.TryParse(uri, out var image)) return null;
        if (image.Digest is not null) return image.Digest;
        try
        {
            var repository = await cloud.Registry.GetRepositoryAsync(image.Name, cancellationToken);
            var isOurs = ImageReference.TryParse(repository.Uri, out var address) && address.Host == image.Host;
            return isOurs ? await cloud.Registry.FindDigestAsync(image.Name, image.Tag ?? "latest", cancellationToken) : null;
        }
        catch (SlipwayException)
        {
            // Another account's registry, or a public one: the tasks prove themselves by their revision alone.
            return null;
        }
    }

    /// <summary>A revision as the service answered it.</summary>
    internal static RegisteredRevision Read(LiveTaskDefinition revision)
    {
        var name = ResourceName.Of(revision.Arn);
        var document = TaskDefinitionDocument.ReadOrThrow(name, Encoding.UTF8.GetBytes(revision.Json)).Copy();
        JsonWalk.Visit(document.Root, token =>
        {
            token.RemoveAnnotations<TextPosition>();
            token.RemoveAnnotations<MemberPosition>();
        });

        var findings = new List<Finding>();
        if (document.Root["tags"] is JArray tags)
        {
            foreach (var tag in CheckRun.ObjectsOf(tags).Where(tag => CheckRun.TextOf(tag["key"])?.StartsWith("aws:", StringComparison.OrdinalIgnoreCase) == true).ToList())
            {
                findings.Add(document.At(tag, RenderRules.AwsTag, $"AWS set the tag '{CheckRun.TextOf(tag["key"])}' itself; it is left out.", "tags of your own"));
                tag.Remove();
            }

            if (tags.Count == 0) tags.Parent!.Remove();
        }

        return new RegisteredRevision(revision.Arn, document, findings);
    }
}
