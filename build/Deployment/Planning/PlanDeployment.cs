using System.Globalization;
using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Planning;

/// <summary>
/// Plan's work: runs the steps of a deployment over ports that only read, on copies of the artifacts that Deploy left, and tells what they
/// would have done. Nothing is changed, here or elsewhere, but for its own folder, which is gone at the end.
/// </summary>
/// <param name="settings">What the run was told.</param>
/// <param name="deployed">The artifacts that Deploy left.</param>
/// <param name="ports">The world outside; its clients should refuse what writes, as a second barrier.</param>
/// <param name="calls">Takes the requests; the registry's client may note there what it sends.</param>
public sealed class PlanDeployment(DeploymentSettings settings, ArtifactStore deployed, DeployPorts ports, PlannedCalls calls)
{
    // Files of the steps; a login or a lock is none.
    private static readonly string[] Copied =
        ["build.json", "image.json", "task-definition.json", "task-definition.meta.json", "deployment.json", "outcome.json"];

    /// <summary>Makes the plan. What would fail Deploy is in it; only a cancelled run, or a bug, is an exception.</summary>
    public async Task<DeploymentPlan> RunAsync(CancellationToken cancellationToken)
    {
        // Two plans of one environment may run at once: nothing locks what only reads.
        var id = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var work = new ArtifactStore(deployed.RepositoryRoot, deployed.Environment, $"artifacts/plan/{deployed.Environment}/work-{id}");
        try
        {
            foreach (var file in Copied.Where(deployed.Exists)) work.WriteText(file, deployed.ReadText(file));
            var run = new PlanRun(settings, work, ports, calls);
            await run.RunAsync(cancellationToken);
            return run.Tell();
        }
        finally
        {
            var folder = Path.Combine(work.RepositoryRoot, work.Folder);
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }
}
