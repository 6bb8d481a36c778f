using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Rollouts.Reports;
using Slipway.Deployment.Rollouts.Tracking;

namespace Slipway.Deployment.Rollouts;

/// <summary>Makes <c>outcome.json</c> of a report. Pure.</summary>
internal static class RolloutOutcome
{
    public static OutcomeArtifact Of(
        string environment, DeploymentArtifact deployment, RolloutReport report, RolloutResult? result, DateTimeOffset endedAt) => new(
            OutcomeArtifact.CurrentSchema, environment, deployment.Fingerprint, report.Verdict, (int)report.ExitCode)
        {
            Summary = report.Title,
            Cause = report.Failure is { } failure ? new OutcomeCause(failure.Key, failure.Cause) : null,
            Remedy = report.Remedy,
            Deployment = new OutcomeDeployment(
                deployment.Region, deployment.AccountId, deployment.Cluster, deployment.Service, deployment.TaskDefinitionArn,
                deployment.PreviousTaskDefinitionArn, deployment.DeploymentId, deployment.ServiceDeploymentArn ?? result?.LastSeen?.ServiceDeployment?.Arn),
            SupersededBy = result?.Decision is RolloutDecision.Superseded other
                ? new OutcomeSuccessor(other.DeploymentId, other.TaskDefinitionArn, other.RegisteredBy)
                : null,
            Images = result?.LastSeen?.Service?.FindDeployment(deployment.DeploymentId) is { } ours
                ? new OutcomeImages(
                    deployment.ImageDigest,
                    [.. RolloutCompletion.RunningTasks(result.LastSeen.Tasks, ours)
                        .SelectMany(task => task.Containers)
                        .Select(container => container.ImageDigest)
                        .OfType<string>()
                        .Distinct(StringComparer.Ordinal)
                        .Order(StringComparer.Ordinal)])
                : null,
            Evidence = report.Evidence,
            Timing = report.Timing,
            Notes = report.Notes,
            Links = report.Links,
            StartedAt = deployment.StartedAt,
            EndedAt = endedAt,
        };
}
