using Slipway.Deployment.Reporting;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>What to do with findings.</summary>
public static class Findings
{
    /// <summary>Shows notes and warnings, and refuses the document where there is an error: all of them in one exception.</summary>
    public static void Apply(string file, IReadOnlyList<Finding> findings, IReport report)
    {
        foreach (var finding in findings) report.Finding(finding);
        ThrowIfRefused(file, findings);
    }

    /// <summary>Refuses the document where there is an error: all of them in one exception.</summary>
    public static void ThrowIfRefused(string file, IReadOnlyList<Finding> findings)
    {
        var errors = findings.Where(finding => finding.Severity == FindingSeverity.Error).ToList();
        if (errors.Count == 0) return;

        var title = errors.Count == 1
            ? $"The task definition '{file}' has a problem:"
            : FormattableString.Invariant($"The task definition '{file}' has {errors.Count} problems:");
        throw new SlipwayException(
            ExitCode.InvalidInput, string.Join('\n', [title, .. errors.Select(error => $"  {error}")]), $"correct '{file}' and run again");
    }
}
