namespace Slipway.Deployment.Tests.Rollouts.Tracking;

/// <summary>Pauses without jitter.</summary>
internal sealed class Middle : Random
{
    public override double NextDouble() => 0.5;
}
