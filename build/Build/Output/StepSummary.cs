using Slipway.Deployment.Reporting;

namespace Slipway.Build.Output;

/// <summary>The page that GitHub shows with a job.</summary>
public sealed class StepSummary
{
    private const string Variable = "GITHUB_STEP_SUMMARY";

    private readonly string _file;
    private readonly IReport _report;

    private StepSummary(string file, IReport report) => (_file, _report) = (file, report);

    /// <summary>That of this run; null where it has none.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="report">Gets a warning where the page cannot be written.</param>
    public static StepSummary? Find(Func<string, string?> variable, IReport report) =>
        variable(Variable) is { Length: > 0 } file ? new StepSummary(file, report) : null;

    /// <summary>Adds Markdown to it.</summary>
    public void Append(string page)
    {
        try
        {
            // The runner makes the file; one that is not there is not ours to make.
            using var writer = new StreamWriter(new FileStream(_file, FileMode.Open, FileAccess.Write));
            writer.BaseStream.Seek(0, SeekOrigin.End);
            writer.Write(page);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _report.Warning($"The page was not added to the file that {Variable} names: {error.GetType().Name}.");
        }
    }
}
