using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Images;
using Slipway.Deployment.Planning;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions;
using Slipway.Deployment.TaskDefinitions.Rendering;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.Preflight;

/// <summary>A task definition before its image is known.</summary>
/// <param name="Document">Rendered with what is known; the image may stand for one that is not there yet.</param>
/// <param name="Source">"infra/ecs-task-def.json", "live", "family:42".</param>
/// <param name="Findings">What the rules find, those about the live service included.</param>
internal sealed record DefinitionLook(TaskDefinitionDocument Document, string Source, IReadOnlyList<Finding> Findings)
{
    /// <summary>Whether Fargate runs it.</summary>
    public bool IsFargate => CheckRun.HasText(Document.Root["requiresCompatibilities"], "FARGATE");
}

/// <summary>Renders the task definition of the settings as RenderTaskDef does, and writes nothing.</summary>
internal sealed class LookAtDefinition(DeploymentSettings settings, PreflightPorts ports, ArtifactStore store)
{
    // Placeholders that stand for these have a value by the time of RenderTaskDef.
    private const string Later = "pending";

    public async Task<DefinitionLook> RunAsync(Caller? caller, ImageRepository? repository, ServiceState? service, CancellationToken cancellationToken)
    {
        var context = new CheckContext
        {
            Region = settings.Region,
            AccountId = caller?.AccountId ?? settings.AccountId,
            Containers = settings.Containers,
            ContainerPort = settings.ContainerPort,
            LoadBalancers = service?.LoadBalancers ?? [],
        };
        var cloud = new TaskDefinitionCloud(ports.Deployer, ports.Registry, ports.Identity);
        if (settings.TaskDefinition is TaskDefinitionSource.Revision named)
        {
            var revision = await new RegisteredRevisions(settings, cloud).FindAsync(named.Text, cancellationToken);
            return new DefinitionLook(revision.Document, named.Text, TaskDefinitionChecks.Check(revision.Document, context));
        }

        var image = store.Find<ImageArtifact>() ?? Pending(repository);
        var rendered = await new TaskDefinitionRendering(settings, store.RepositoryRoot, new(() => cloud), ports.Variable, ports.Report)
            .RunAsync(image, cancellationToken);
        var document = rendered.Rendered.Document;
        var ofService = TaskDefinitionChecks.Check(document, context).Where(finding => finding.Rule == ServicePortChecks.LoadBalancer);
        return new DefinitionLook(document, settings.TaskDefinition.Text, [.. rendered.Findings.Concat(ofService).Distinct()]);
    }

    private ImageArtifact Pending(ImageRepository? repository) => new(
        ImageArtifact.CurrentSchema, settings.Environment, null, settings.Repository, settings.ImageTag ?? Later, PendingDigest.Value,
        $"{repository?.Uri ?? settings.Repository}@{PendingDigest.Value}", settings.Platform, Later);
}
