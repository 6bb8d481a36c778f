using System.Text;
using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions;
using Slipway.Deployment.TaskDefinitions.Comparison;
using Slipway.Deployment.TaskDefinitions.Rendering;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.Rollouts;

/// <summary>The registered revision of what RenderTaskDef left: one of the same content where there is one, else a new one.</summary>
public sealed class RenderedRevision(DeploymentSettings settings, ArtifactStore store, IServiceDeployer deployer, IReport report)
{
    /// <summary>The revision that was named, or the live one, or else the newest of the family, where it means the same as the document; null where none does.</summary>
    internal async Task<string?> FindAsync(RenderedInput input, ServiceState service, Caller caller, CancellationToken cancellationToken)
    {
        var rendered = input.Artifact;
        if (input.Text is null) return rendered.Revision;
        var document = TaskDefinitionDocument.ReadOrThrow(store.PathOf(RenderTaskDefinition.RenderedFile), Encoding.UTF8.GetBytes(input.Text));
        var live = await deployer.FindTaskDefinitionAsync(service.TaskDefinitionArn, cancellationToken);
        var registered = TaskDefinitionDocument.Find(live);
        CheckAgain(document, registered, caller, service);
        var changes = registered is null ? null : TaskDefinitionComparison.FindDifferences(registered, document);
        if (changes is { Count: 0 }) return live!.Arn;

        if (rendered.Source == "live" && rendered.Revision != service.TaskDefinitionArn)
        {
            throw new SlipwayException(
                ExitCode.PreconditionFailed,
                $"The task definition was rendered from '{ResourceName.Of(rendered.Revision!)}', but service '{service.Name}' has '{ResourceName.Of(service.TaskDefinitionArn)}' since.",
                $"run {BuildCommand.For("RenderTaskDef", settings.Environment, $"--task-definition={TaskDefinitionSource.LiveWord}")}");
        }

        var newest = await deployer.FindTaskDefinitionAsync(rendered.Family, cancellationToken);
        if (newest is not null && newest.Arn != live?.Arn && TaskDefinitionDocument.Find(newest) is { } same
            && TaskDefinitionComparison.FindDifferences(same, document) is { Count: 0 })
        {
            report.Fact($"Revision '{ResourceName.Of(newest.Arn)}' has the same content: not registered again.");
            return newest.Arn;
        }

        if (changes is not null) report.Detail($"Changed since '{ResourceName.Of(live!.Arn)}': {string.Join(", ", changes.Select(change => change.Path))}.");
        return null;
    }

    /// <summary>Registers the document as it was rendered.</summary>
    internal async Task<string> RegisterAsync(RenderedInput input, CancellationToken cancellationToken)
    {
        var arn = await deployer.RegisterTaskDefinitionAsync(input.Artifact.Family, Encoding.UTF8.GetBytes(input.Text!), cancellationToken);
        report.Fact($"Registered '{ResourceName.Of(arn)}'.");
        return arn;
    }

    /// <summary>What only now is known, the caller's account and the service's load balancers, is checked before anything is changed.</summary>
    private void CheckAgain(TaskDefinitionDocument document, TaskDefinitionDocument? live, Caller caller, ServiceState service)
    {
        var context = new CheckContext
        {
            Region = settings.Region,
            AccountId = caller.AccountId,
            Containers = settings.Containers,
            ContainerPort = settings.ContainerPort,
            LoadBalancers = service.LoadBalancers,
        };
        var findings = TaskDefinitionChecks.Check(document, context);
        if (settings.TaskDefinition is TaskDefinitionSource.Live && live is not null)
            findings = InheritedFindings.Soften(findings, TaskDefinitionChecks.Check(live, context));
        // RenderTaskDef has told the warnings.
        Findings.Apply(settings.TaskDefinition.Text, [.. findings.Where(finding => finding.Severity == FindingSeverity.Error)], report);
    }
}
