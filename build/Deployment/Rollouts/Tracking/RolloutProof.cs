using Slipway.Deployment.Images;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Rollouts.Smoke;

namespace Slipway.Deployment.Rollouts.Tracking;

/// <summary>What proves a deployment beyond ECS's word for it.</summary>
/// <param name="Manifests">Says what an index holds, where a task runs another digest than the deployed one; null: nobody can say.</param>
/// <param name="Smoke">What must answer once the deployment is complete; null: nothing is asked.</param>
public sealed record RolloutProof(IImageManifests? Manifests, SmokeCheck? Smoke)
{
    /// <summary>The digests alone.</summary>
    public static RolloutProof None { get; } = new(null, null);

    /// <summary>An observation with the manifests of an image; where they cannot be read, that is said.</summary>
    internal async Task<RolloutObservation> WithManifestsAsync(
        RolloutObservation seen, string image, IReport report, CancellationToken cancellationToken)
    {
        try
        {
            return seen with { Manifests = Manifests is null ? [] : await Manifests.FindAsync(image, cancellationToken) };
        }
        catch (SlipwayException failure)
        {
            report.Warning($"{failure.Message}. What runs is compared with the digest of '{image}' alone.");
            return seen with { Manifests = [], AreManifestsKnown = false };
        }
    }

    /// <summary>The decision after the check, where there is something that could answer.</summary>
    internal async Task<RolloutDecision> CheckAsync(
        RolloutDecision decision, RolloutGoal goal, RolloutObservation observation, CancellationToken cancellationToken)
    {
        var isOver = decision is RolloutDecision.Stable && goal.Settings.WaitUntil.Stage is null;
        if (!isOver || Smoke is null || observation.Service is not { DesiredCount: > 0 }) return decision;
        return await Smoke.RunAsync(cancellationToken) is { } failure ? new RolloutDecision.Failed(failure) : decision;
    }
}
