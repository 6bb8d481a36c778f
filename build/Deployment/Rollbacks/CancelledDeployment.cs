namespace Slipway.Deployment.Rollbacks;

/// <summary>What became of a deployment whose run was cancelled.</summary>
/// <param name="What">A sentence: what goes on, and what was asked of ECS.</param>
/// <param name="Remedy">The command that goes on from here, as an imperative.</param>
public sealed record CancelledDeployment(string What, string Remedy);
