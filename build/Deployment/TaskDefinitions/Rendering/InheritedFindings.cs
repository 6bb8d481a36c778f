using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.TaskDefinitions.Rendering;

/// <summary>
/// A live revision runs: what is wrong with it was wrong before, and is no reason to refuse a change of it. What a
/// change made wrong is.
/// </summary>
internal static class InheritedFindings
{
    /// <summary>The findings, errors that the base has too as warnings.</summary>
    public static IReadOnlyList<Finding> Soften(IReadOnlyList<Finding> findings, IEnumerable<Finding> ofBase)
    {
        var known = ofBase.Select(Key).ToHashSet();
        return
        [
            .. findings.Select(finding => finding.Severity == FindingSeverity.Error && known.Contains(Key(finding))
                ? finding with { Rule = finding.Rule with { Severity = FindingSeverity.Warning } }
                : finding),
        ];
    }

    // Not the place: an entry that was removed before it moves it.
    private static (string Rule, string Problem, string? Found) Key(Finding finding) => (finding.Rule.Id, finding.Problem, finding.Found);
}
