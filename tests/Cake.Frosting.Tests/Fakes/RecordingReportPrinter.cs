using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.Frosting.Tests.Fakes;

/// <summary>Keeps the report that the host would print.</summary>
internal sealed class RecordingReportPrinter : ICakeReportPrinter
{
    public CakeReport? Report { get; private set; }

    public IEnumerable<string> Rows => (Report ?? new CakeReport()).Select(entry => $"{entry.TaskName} {entry.ExecutionStatus}");

    public void Write(CakeReport report) => Report = report;

    public void WriteStep(string name, Verbosity verbosity)
    {
    }

    public void WriteLifeCycleStep(string name, Verbosity verbosity)
    {
    }

    public void WriteSkippedStep(string name, Verbosity verbosity)
    {
    }
}
