using System.Globalization;
using System.Text;
using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions;
using Slipway.Deployment.TaskDefinitions.Comparison;
using Slipway.Deployment.TaskDefinitions.Rendering;

namespace Slipway.Deployment.Planning;

/// <summary>Makes a plan of what the planning ports have seen. Calls nothing.</summary>
internal sealed class PlanTelling(
    DeploymentSettings settings, ArtifactStore work, PlanningReport report, PlanningRegistry registry, PlanningBuilder? builder,
    PlanningDeployer deployer, PlanningIdentity identity, PlannedCalls calls)
{
    public DeploymentPlan Tell(
        ImageArtifact? image, TaskDefinitionArtifact? rendered, DeploymentArtifact? deployment, IReadOnlyList<PlanProblem> problems)
    {
        var service = Service(deployment);
        return new DeploymentPlan
        {
            Environment = settings.Environment,
            Region = settings.Region,
            AccountId = identity.Caller?.AccountId ?? settings.AccountId,
            Settings = [.. settings.Values.Where(setting => setting is { Value: not null, Origin: not "default" })],
            Image = image is null ? null : Image(image),
            TaskDefinition = rendered is null ? null : TaskDefinition(rendered, deployment),
            Service = service,
            Calls = [.. calls.All.Select(call => call with { What = Shown(call.What) })],
            Findings = [.. report.Findings.Select(finding => finding with { Problem = Shown(finding.Problem), Found = finding.Found is { } found ? Shown(found) : null })],
            Warnings = [.. report.Warnings.Concat(Warnings()).Concat(service?.UnderWay ?? []).Select(Shown)],
            Problems = [.. problems.Select(problem => problem with { Message = Shown(problem.Message), Remedy = problem.Remedy is { } remedy ? Shown(remedy) : null })],
        };
    }

    private ImagePlan Image(ImageArtifact image)
    {
        var isPushed = calls.All.Any(call => call.Operation == "registry:PutManifest");
        var change = settings.Image is not null ? ImageChange.Given
            : builder?.Build is not null ? ImageChange.Build
            : isPushed ? ImageChange.Push
            : ImageChange.Present;
        return new ImagePlan(
            change, settings.Image ?? $"{image.Repository}:{image.Tag}", PendingDigest.Is(image.Digest) ? null : image.Digest,
            change is ImageChange.Build or ImageChange.Push ? builder?.Name : null, image.Platform);
    }

    private TaskDefinitionPlan TaskDefinition(TaskDefinitionArtifact rendered, DeploymentArtifact? deployment)
    {
        var live = deployer.Service is { } service ? deployer.Asked(service.TaskDefinitionArn) : null;
        var wanted = deployment is null ? null : ResourceName.Of(deployment.TaskDefinitionArn);
        var change = deployment is null ? TaskDefinitionChange.NotCompared
            : deployer.Registered is not null ? TaskDefinitionChange.Register
            : deployment.TaskDefinitionArn == deployer.Service?.TaskDefinitionArn ? TaskDefinitionChange.Unchanged
            : TaskDefinitionChange.Existing;
        var differences = change is TaskDefinitionChange.Register or TaskDefinitionChange.Existing && live is not null ? Differences(live, rendered) : [];
        return new TaskDefinitionPlan(change, rendered.Family, live is null ? null : ResourceName.Of(live.Arn), wanted, differences);
    }

    private IReadOnlyList<Difference> Differences(LiveTaskDefinition live, TaskDefinitionArtifact rendered)
    {
        var before = TaskDefinitionDocument.Find(live);
        var after = TaskDefinitionDocument.Read(
            RenderTaskDefinition.RenderedFile, Encoding.UTF8.GetBytes(TextOf(rendered)), out _);
        return before is null || after is null ? [] :
        [
            .. TaskDefinitionComparison.FindDifferences(before, after).Select(difference => difference with
            {
                After = difference.After is { } text ? Shown(text) : null,
            }),
        ];
    }

    // An existing revision is not rendered: it is what the service answered.
    private string TextOf(TaskDefinitionArtifact rendered) => rendered.Sha256 is null
        ? deployer.Asked(rendered.SourceName)?.Json ?? "{}"
        : work.ReadText(RenderTaskDefinition.RenderedFile);

    private ServicePlan? Service(DeploymentArtifact? deployment)
    {
        if (deployer.Service is not { } service) return null;
        return new ServicePlan(
            service.Name, settings.Cluster, ResourceName.Of(service.TaskDefinitionArn),
            deployment is null ? null : ResourceName.Of(deployment.TaskDefinitionArn), service.DesiredCount,
            settings.DesiredCount ?? service.DesiredCount, deployer.Update is not null,
            [.. service.Deployments.Where(candidate => !candidate.IsCompleted && !candidate.IsFailed).Select(UnderWay)]);
    }

    private static string UnderWay(DeploymentState deployment) => string.Create(
        CultureInfo.InvariantCulture,
        $"Deployment '{deployment.Id}' of '{ResourceName.Of(deployment.TaskDefinitionArn)}' is under way: {deployment.RunningCount} of {deployment.DesiredCount} tasks run, {deployment.FailedTasks} failed.");

    private IEnumerable<string> Warnings()
    {
        if (registry.TakenTag is { } tag)
        {
            yield return $"The tag '{tag}' is in the repository, whose tags cannot be written again: ECR refuses the push, unless the build gives the very image that is there.";
        }
    }

    /// <summary>Without the digest that is not known, and without the place of this repository on this machine.</summary>
    private string Shown(string text) => PendingDigest.Show(text)
        .Replace(work.RepositoryRoot.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)
        .Replace(work.RepositoryRoot.TrimEnd(Path.DirectorySeparatorChar), ".", StringComparison.Ordinal)
        .Replace(work.Folder, $"artifacts/deploy/{settings.Environment}", StringComparison.Ordinal);
}
