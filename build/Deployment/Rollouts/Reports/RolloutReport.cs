using Slipway.Deployment.Rollouts.Timing;
using Slipway.Deployment.Rollouts.Tracking;

namespace Slipway.Deployment.Rollouts.Reports;

/// <summary>How a rollout ended and why: what the console, <c>outcome.json</c> and <c>report.md</c> are made of.</summary>
/// <param name="Verdict">One of <see cref="Rollouts.Verdict"/>.</param>
/// <param name="ExitCode">How the process ends.</param>
/// <param name="Title">What happened, in one sentence.</param>
/// <param name="Failure">The cause; null for a success.</param>
/// <param name="Evidence">What was seen.</param>
public sealed record RolloutReport(string Verdict, ExitCode ExitCode, string Title, RolloutFailure? Failure, RolloutEvidence Evidence)
{
    /// <summary>What to try; null for a success.</summary>
    public string? Remedy { get; init; }

    /// <summary>What failing containers wrote last. To show, not to keep in <c>outcome.json</c>: nobody knows what is in it.</summary>
    public IReadOnlyList<ContainerLog> Logs { get; init; } = [];

    /// <summary>Where the time went; null where too little is known.</summary>
    public RolloutTiming? Timing { get; init; }

    /// <summary>Where to look further.</summary>
    public IReadOnlyList<ReportLink> Links { get; init; } = [];

    /// <summary>What a person should know all the same.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether the deployment is as it shall be.</summary>
    public bool IsSuccess => ExitCode == ExitCode.Done;
}

/// <summary>The last lines of a container that failed.</summary>
/// <param name="Container">Its name.</param>
/// <param name="TaskId">In which task.</param>
/// <param name="Place">The log group and stream; null where they are not known.</param>
/// <param name="Lines">Oldest first, plain, values that look like secrets hidden.</param>
/// <param name="Note">Why there are no lines; null where there are.</param>
public sealed record ContainerLog(string Container, string TaskId, string? Place, IReadOnlyList<string> Lines, string? Note);

/// <summary>An address to look at.</summary>
/// <param name="Name">What it shows: "service", "events", "logs".</param>
/// <param name="Address">An absolute address.</param>
public sealed record ReportLink(string Name, string Address);
