using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Rollouts.Tracking;

namespace Slipway.Deployment.Rollouts;

/// <summary>What an ending without success is called, and how the process ends.</summary>
/// <param name="ExitCode">By kind of ending.</param>
/// <param name="Verdict">For <c>outcome.json</c>.</param>
/// <param name="Title">The first sentence of the message.</param>
/// <param name="Failure">What the tracker knows of the cause; null where it is still to be found.</param>
/// <param name="Remedy">What to try where the diagnosis has nothing better.</param>
internal sealed record RolloutEnding(ExitCode ExitCode, string Verdict, string Title, RolloutFailure? Failure, string? Remedy)
{
    public static RolloutEnding Of(DeploymentArtifact deployment, RolloutDecision decision, TimeSpan timeout, string resume)
    {
        var what = $"Deployment '{deployment.DeploymentId}' of service '{deployment.Service}'";
        return decision switch
        {
            RolloutDecision.Failed failed => new(
                ExitCode.DeploymentFailed, Rollouts.Verdict.Failed, $"{what} failed.", failed.Failure, "correct the cause and deploy again"),
            RolloutDecision.RolledBack rolled => new(
                ExitCode.RolledBack, Rollouts.Verdict.RolledBack,
                rolled.HasEnded
                    ? $"{what} failed, and ECS rolled back to '{rolled.RunsNow}'."
                    : $"{what} failed, and ECS is still rolling back to '{rolled.RunsNow}'.",
                rolled.Failure, "correct the cause and deploy again"),
            RolloutDecision.Superseded other => new(
                ExitCode.Superseded, Rollouts.Verdict.Superseded, $"{what} was superseded.",
                new(other.Cause, "look who else deploys to this service; deploy again where that was not meant"),
                null),
            RolloutDecision.TimedOut { IsObserved: false } late => new(
                ExitCode.TimedOut, Rollouts.Verdict.TimedOut,
                FormattableString.Invariant($"{what}: no deployment observed of '{ResourceName.Of(deployment.TaskDefinitionArn)}' within {timeout.TotalSeconds:0} s. {late.LastState}"),
                null, "check AWS_ENDPOINT_URL: not every stand-in for ECS carries deployments out; on AWS, look at the service's deployments"),
            RolloutDecision.TimedOut late => new(
                ExitCode.TimedOut, Rollouts.Verdict.TimedOut,
                FormattableString.Invariant($"{what} did not end within {timeout.TotalSeconds:0} s and goes on in ECS: {late.LastState}"),
                null, $"{resume} to go on waiting, with a longer --timeout"),
            _ => throw new InvalidOperationException($"{decision.GetType().Name} is no ending without success."),
        };
    }
}
