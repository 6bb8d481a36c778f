using System.Globalization;
using Cake.Core;
using Cake.Core.Diagnostics;
using Slipway.Build.Output;

namespace Slipway.Build.Hosting;

/// <summary>Cake's task report in Slipway's form: the durations at the end.</summary>
public sealed class ReportPrinter(ConsoleReport console) : ICakeReportPrinter
{
    /// <inheritdoc />
    public void Write(CakeReport report)
    {
        var steps = report.Where(entry => entry.Category == CakeReportEntryCategory.Task).ToList();
        if (steps.Count < 2) return;
        var width = steps.Max(entry => entry.TaskName.Length);
        console.Headline("Durations");
        foreach (var entry in steps)
        {
            console.Fact($"{entry.TaskName.PadRight(width)}  {Seconds(entry.Duration),8}  {Status(entry.ExecutionStatus)}".TrimEnd());
        }

        console.Fact($"{"Total".PadRight(width)}  {Seconds(new TimeSpan(steps.Sum(entry => entry.Duration.Ticks))),8}");
    }

    /// <inheritdoc />
    public void WriteStep(string name, Verbosity verbosity)
    {
        // TargetLifetime has said it, before whatever it sees to.
    }

    /// <inheritdoc />
    public void WriteLifeCycleStep(string name, Verbosity verbosity) => console.Detail(name);

    /// <inheritdoc />
    public void WriteSkippedStep(string name, Verbosity verbosity) => console.Fact($"{name}: skipped");

    private static string Seconds(TimeSpan duration) => duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";

    private static string Status(CakeTaskExecutionStatus status) =>
        status is CakeTaskExecutionStatus.Executed or CakeTaskExecutionStatus.Delegated ? string.Empty : status.ToString().ToLowerInvariant();
}
