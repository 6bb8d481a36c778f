using System.Collections.Concurrent;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Rollouts.Reports;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.Tests.Support;

/// <summary>Keeps what a person would have been told, "fact: …", "line dotnet: …".</summary>
internal sealed class RecordingReport : IReport
{
    private readonly ConcurrentQueue<string> _entries = new();
    private readonly ConcurrentQueue<Finding> _findings = new();

    public IReadOnlyList<string> Entries => [.. _entries];

    public IReadOnlyList<string> Facts => [.. _entries.Where(e => e.StartsWith("fact: ", StringComparison.Ordinal)).Select(e => e[6..])];

    public IReadOnlyList<string> Details =>
        [.. _entries.Where(e => e.StartsWith("detail: ", StringComparison.Ordinal)).Select(e => e[8..])];

    public IReadOnlyList<string> Warnings =>
        [.. _entries.Where(e => e.StartsWith("warning: ", StringComparison.Ordinal)).Select(e => e[9..])];

    public void Fact(string text) => _entries.Enqueue("fact: " + text);

    public void Detail(string text) => _entries.Enqueue("detail: " + text);

    public void Warning(string text) => _entries.Enqueue("warning: " + text);

    public void Progress(string text) => _entries.Enqueue("progress: " + text);

    public IReadOnlyList<Finding> Findings => [.. _findings];

    public void Finding(Finding finding)
    {
        _findings.Enqueue(finding);
        if (finding.Severity == FindingSeverity.Warning) Warning(finding.ToString());
        else if (finding.Severity == FindingSeverity.Note) Detail(finding.ToString());
    }

    public void Line(string source, string text) => _entries.Enqueue($"line {source}: {text}");

    public List<RolloutReport> Rollouts { get; } = [];

    public void Rollout(RolloutReport rollout) => Rollouts.Add(rollout);
}
