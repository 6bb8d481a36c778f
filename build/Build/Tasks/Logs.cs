using System.Globalization;
using Cake.Frosting;
using Slipway.Build.Hosting;
using Slipway.Deployment.Status;

namespace Slipway.Build.Tasks;

/// <summary>Shows what the service's tasks wrote: the last lines, and with <c>--follow</c> every new one until Ctrl-C.</summary>
[TaskName("Logs")]
[TaskDescription("Show the service's log lines: --lines=N, --since=TIME, --follow.")]
[Reaches(CloudReach.Reads)]
public sealed class Logs(TimeProvider time) : AsyncFrostingTask<BuildContext>
{
    /// <inheritdoc />
    public override async Task RunAsync(BuildContext context)
    {
        var switches = context.Pipeline.LogSwitches;
        var earliest = switches.Since is { } since ? time.GetUtcNow() - since : DateTimeOffset.MinValue;
        if (!switches.Follow)
        {
            var lines = await context.Pipeline.ReadLogs.TailAsync(switches.Lines, context.CancellationToken).ConfigureAwait(false);
            var shown = lines.Where(line => line.At >= earliest).ToList();
            foreach (var line in shown) Show(context, line);
            if (shown.Count == 0) context.Report.Fact("There are no log lines.");
            return;
        }

        try
        {
            await foreach (var line in context.Pipeline.ReadLogs.FollowAsync(switches.Lines, context.CancellationToken).ConfigureAwait(false))
            {
                if (line.At >= earliest) Show(context, line);
            }
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C is how following ends.
        }
    }

    private static void Show(BuildContext context, ServiceLogLine line) => context.Report.Line(
        $"{line.At.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)} {line.Container}/{line.TaskId[..Math.Min(8, line.TaskId.Length)]}", line.Text);
}
