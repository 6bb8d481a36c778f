using Slipway.Deployment.Rollouts.Failures;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollouts.Tracking;

/// <summary>Why our deployment was given up: what its tasks tell, else what ECS says. Pure.</summary>
internal static class RolloutCause
{
    private const string ByPerson = "stopped-by-person";

    /// <summary>The cause; one that was found earlier stays where nothing better is known now.</summary>
    public static RolloutFailure Of(Sight sight, RolloutFailure? known)
    {
        var modern = sight.Seen.ServiceDeployment;
        if (modern?.TriggeredAlarms is [_, ..] alarms)
        {
            return new RolloutFailure(
                $"A CloudWatch alarm ended the deployment: {string.Join(", ", alarms.Select(alarm => $"'{alarm}'"))}.",
                "look at what the alarm measures, correct it and deploy again")
            { IsSpecific = true, Key = "alarm" };
        }

        if (IsAskedFor(modern))
        {
            return new RolloutFailure(
                $"Somebody stopped the deployment: {ReasonOf(modern!)}",
                "look in CloudTrail who called StopServiceDeployment; deploy again where that was not meant")
            { IsSpecific = true, Key = ByPerson };
        }

        if (known is { IsSpecific: true }) return known;
        if (TaskFailures.Group(sight.Seen.Tasks, sight.Goal.DeploymentId) is [var most, ..]) return most.ToFailure() with { IsSpecific = true };
        return known ?? InWords((modern is null ? null : ReasonOf(modern)) ?? sight.Ours?.RolloutStateReason);
    }

    /// <summary>Whether somebody asked for the end of a deployment, and neither breaker nor alarm did.</summary>
    public static bool IsAskedFor(ServiceDeploymentState? deployment) =>
        deployment is { Breaker: not { Status: "TRIGGERED" }, TriggeredAlarms: [] } && ReasonOf(deployment) is { } reason
        && FailureCatalogue.Find(reason, null, FailureSource.Event)?.Key == ByPerson;

    private static string? ReasonOf(ServiceDeploymentState deployment) =>
        !string.IsNullOrWhiteSpace(deployment.Rollback?.Reason) ? deployment.Rollback.Reason
        : !string.IsNullOrWhiteSpace(deployment.Reason) ? deployment.Reason
        : null;

    private static RolloutFailure InWords(string? reason)
    {
        var text = string.IsNullOrWhiteSpace(reason) ? "ECS gave the deployment up and told no reason." : $"ECS gave the deployment up: {reason}";
        var rule = FailureCatalogue.Find(text, null, FailureSource.Event);
        return new RolloutFailure(text, rule?.Remedy) { Key = rule?.Key };
    }
}
