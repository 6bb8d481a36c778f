using Cake.Frosting;

namespace Slipway.Build.Tasks;

/// <summary>
/// Deletes what the targets made: artifacts of deployments, images, logs, test results, and the embedded cloud's memory where
/// it does not run. The compiled build program stays: it is running. Refuses where a run works on an environment.
/// </summary>
[TaskName("Clean")]
[TaskDescription("Delete what the targets made under artifacts/, logins included; the local cloud's memory too, unless it runs.")]
public sealed class Clean : FrostingTask<BuildContext>
{
    private const string Host = "host";
    private const string LocalCloud = "local-cloud";

    /// <inheritdoc />
    public override void Run(BuildContext context)
    {
        var artifacts = new DirectoryInfo(context.Root.Combine("artifacts"));
        var running = context.Pipeline.LocalCloud.HoldsItsState();
        if (!artifacts.Exists) return;
        context.Pipeline.RequireNoOtherRun();
        foreach (var folder in artifacts.EnumerateDirectories().OrderBy(folder => folder.Name, StringComparer.Ordinal).ToList())
        {
            if (folder.Name == Host) continue;
            if (folder.Name == LocalCloud && running)
            {
                context.Report.Warning("The local cloud runs: its memory stays. Run ./build.sh --target=LocalDown first to delete it too.");
                continue;
            }

            context.CancellationToken.ThrowIfCancellationRequested();
            folder.Delete(recursive: true);
            context.Report.Fact($"Deleted artifacts/{folder.Name}/");
        }
    }
}
