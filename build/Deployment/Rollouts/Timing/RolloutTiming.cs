namespace Slipway.Deployment.Rollouts.Timing;

/// <summary>
/// Where the wall time of a rollout went, along its critical path: the task that came up last, then the end of the old ones. Seconds by
/// ECS's clock; the parts never are more than the whole.
/// </summary>
/// <param name="Seconds">From the deployment's creation to its end.</param>
/// <param name="TaskId">The task that came up last.</param>
/// <param name="Parts">In order of time.</param>
/// <param name="UnexplainedSeconds">What no timestamp explains.</param>
/// <param name="Unknown">Parts whose timestamps are missing or contradict each other.</param>
/// <param name="Advice">Which setting would change a part, with figures.</param>
public sealed record RolloutTiming(
    double Seconds, string TaskId, IReadOnlyList<TimingPart> Parts, double UnexplainedSeconds, IReadOnlyList<string> Unknown,
    IReadOnlyList<string> Advice)
{
    /// <summary>"42 s: provisioning 3 s, image pull 5 s; 4 s unexplained".</summary>
    public string Summary
    {
        get
        {
            var parts = Parts.Where(part => part.Seconds >= 0.05).Select(part => $"{part.Name} {Text(part.Seconds)}").ToList();
            var explained = Parts.Count == 0 ? "no part of it is known"
                : parts.Count == 0 ? "no known part took a tenth of a second"
                : string.Join(", ", parts);
            var rest = Parts.Count > 0 && UnexplainedSeconds >= 0.5 ? $"; {Text(UnexplainedSeconds)} unexplained" : string.Empty;
            return $"{Text(Seconds)}: {explained}{rest}";
        }
    }

    /// <summary>"0.4 s", "12 s".</summary>
    public static string Text(double seconds) =>
        seconds < 9.95 ? FormattableString.Invariant($"{seconds:0.#} s") : FormattableString.Invariant($"{seconds:0} s");
}

/// <summary>A part of a rollout's time.</summary>
/// <param name="Name">"provisioning", "image pull", "container start", "health check", "load balancer", "draining".</param>
/// <param name="Seconds">At least 0.</param>
public sealed record TimingPart(string Name, double Seconds);
