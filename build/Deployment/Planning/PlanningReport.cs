using Slipway.Deployment.Reporting;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.Planning;

/// <summary>
/// Keeps the warnings and findings of the use cases that a plan runs. Their facts are dropped: "Registered …" would be untrue.
/// </summary>
internal sealed class PlanningReport(IReport inner) : IReport
{
    private readonly List<string> _warnings = [];
    private readonly List<Finding> _findings = [];

    public IReadOnlyList<string> Warnings => _warnings;

    public IReadOnlyList<Finding> Findings => _findings;

    /// <inheritdoc />
    public void Fact(string text)
    {
        // The plan tells what would be.
    }

    /// <inheritdoc />
    public void Detail(string text) => inner.Detail(PendingDigest.Show(text));

    /// <inheritdoc />
    public void Warning(string text)
    {
        if (!_warnings.Contains(text)) _warnings.Add(text);
    }

    /// <inheritdoc />
    public void Finding(Finding finding)
    {
        if (!_findings.Contains(finding)) _findings.Add(finding);
    }

    /// <inheritdoc />
    public void Progress(string text)
    {
        // Nothing that a plan does takes long.
    }

    /// <inheritdoc />
    public void Line(string source, string text)
    {
        // Nothing runs that writes lines.
    }
}
