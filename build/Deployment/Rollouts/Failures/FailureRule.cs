namespace Slipway.Deployment.Rollouts.Failures;

/// <summary>One known way to fail.</summary>
/// <param name="Key">Groups tasks that failed in the same way.</param>
/// <param name="Matches">Whether a stop reason (lower case, all of a task's reasons in one text) and an exit code tell of it.</param>
/// <param name="Cause">A sentence.</param>
/// <param name="Remedy">An imperative.</param>
/// <param name="HopelessAfter">After how many equal failures waiting makes no sense; null: it may cure itself.</param>
internal sealed record FailureRule(string Key, Func<string, int?, bool> Matches, string Cause, string Remedy, int? HopelessAfter);
