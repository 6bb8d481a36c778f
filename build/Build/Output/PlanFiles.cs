using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Planning;

namespace Slipway.Build.Output;

/// <summary>Leaves a plan where a pull request's job finds it: <c>plan.md</c>, <c>plan.json</c> and the job's summary.</summary>
internal sealed class PlanFiles(RepositoryRoot root, ConsoleReport report)
{
    public void Write(DeploymentPlan plan)
    {
        var folder = new ArtifactStore(root.FullPath, plan.Environment, $"artifacts/plan/{plan.Environment}");
        var page = PlanMarkdown.Write(plan);
        folder.WriteText("plan.md", page);
        folder.WriteText("plan.json", PlanJson.Write(plan));
        report.Fact($"Written to '{folder.PathOf("plan.md")}' and '{folder.PathOf("plan.json")}'.");
        report.Summary?.Append(page);
    }
}
