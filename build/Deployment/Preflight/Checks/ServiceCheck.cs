using Slipway.Deployment.Rollouts;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Preflight.Checks;

/// <summary>Whether the service is there and takes deployments.</summary>
internal sealed class ServiceCheck(DeploymentSettings settings, CloudFacts facts) : ICheck
{
    public string Name => "service";

    public async Task<CheckNode> RunAsync(CancellationToken cancellationToken)
    {
        var answer = await facts.Service.AskAsync(cancellationToken);
        var cluster = await facts.Cluster.AskAsync(cancellationToken);
        if (cluster is { HasValue: true, Value: not { Status: "ACTIVE" } }) return CheckNode.Skip(Name, "because the cluster is not as it must be");
        if (!answer.HasValue) return answer.Explain(Name, isNeeded: true);
        if (ServicePreconditions.Absence(answer.Value, settings) is { } absence)
            return CheckNode.Ng(Name, absence.Message + await HintAsync(cancellationToken), absence.Remedy);
        var service = answer.Value!;
        return ServicePreconditions.Draining(service, settings) is { } draining
            ? CheckNode.Ng(Name, draining.Message, draining.Remedy)
            : CheckNode.Ok(
                Name,
                FormattableString.Invariant($"'{service.Name}' is ACTIVE and runs '{ResourceName.Of(service.TaskDefinitionArn)}', desired {service.DesiredCount}, ")
                + FormattableString.Invariant($"running {service.RunningCount}, pending {service.PendingCount}"));
    }

    // What is there beside it tells a wrong name from a wrong region.
    private async Task<string> HintAsync(CancellationToken cancellationToken)
    {
        var family = await facts.Family.AskAsync(cancellationToken);
        return family is { HasValue: true, Value: { } revision }
            ? $" Its task definition is there ('{ResourceName.Of(revision.Arn)}'): account and region are right."
            : "";
    }
}
