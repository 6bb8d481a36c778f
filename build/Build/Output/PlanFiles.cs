using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Planning;
using Slipway.Deployment.Reporting;

namespace Slipway.Build.Output;

/// <summary>Leaves a plan where a pull request's job finds it: <c>plan.md</c>, <c>plan.json</c> and the job's summary.</summary>
internal sealed class PlanFiles(RepositoryRoot root, IReport report)
{
    private const string SummaryVariable = "GITHUB_STEP_SUMMARY";

    public void Write(DeploymentPlan plan)
    {
        var folder = new ArtifactStore(root.FullPath, plan.Environment, $"artifacts/plan/{plan.Environment}");
        var page = PlanMarkdown.Write(plan);
        folder.WriteText("plan.md", page);
        folder.WriteText("plan.json", PlanJson.Write(plan));
        report.Fact($"Written to '{folder.PathOf("plan.md")}' and '{folder.PathOf("plan.json")}'.");
        if (Environment.GetEnvironmentVariable(SummaryVariable) is { Length: > 0 } summary) Append(summary, page);
    }

    private void Append(string file, string page)
    {
        try
        {
            // The runner makes the file; one that is not there is not ours to make.
            using var writer = new StreamWriter(new FileStream(file, FileMode.Open, FileAccess.Write));
            writer.BaseStream.Seek(0, SeekOrigin.End);
            writer.Write(page);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            report.Warning($"The plan was not added to the file that {SummaryVariable} names: {error.GetType().Name}.");
        }
    }
}
