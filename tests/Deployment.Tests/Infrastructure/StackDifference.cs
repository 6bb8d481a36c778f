namespace Slipway.Deployment.Tests.Infrastructure;

/// <summary>What an endpoint makes of a template in another way than AWS.</summary>
/// <param name="Facts">The facts that begin so.</param>
/// <param name="Shown">What they are there; null: there are none.</param>
internal sealed record StackDifference(string Facts, string? Shown = null)
{
    public bool Covers(string fact) => fact == Facts || fact.StartsWith($"{Facts}.", StringComparison.Ordinal) || fact.StartsWith($"{Facts}[", StringComparison.Ordinal);
}
