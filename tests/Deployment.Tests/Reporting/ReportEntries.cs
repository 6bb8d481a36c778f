using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Reporting;

internal static class ReportEntries
{
    /// <summary>The entries of a kind ("warning", "progress", "line event"), without it.</summary>
    public static IReadOnlyList<string> Of(this RecordingReport report, string kind) =>
        [.. report.Entries.Where(entry => entry.StartsWith($"{kind}: ", StringComparison.Ordinal)).Select(entry => entry[(kind.Length + 2)..])];
}
