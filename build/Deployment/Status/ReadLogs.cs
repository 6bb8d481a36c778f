using System.Runtime.CompilerServices;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Rollouts;
using Slipway.Deployment.Rollouts.Failures;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Status;

/// <summary>The target Logs's work: what the service's tasks wrote, as one stream. Reads only.</summary>
public sealed class ReadLogs(DeploymentSettings settings, IServiceDeployer deployer, ILogReader logs, TimeProvider time)
{
    private const int MostTasks = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>The newest lines of the service's newest tasks, running or stopped, oldest line first.</summary>
    public async Task<IReadOnlyList<ServiceLogLine>> TailAsync(int lines, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync([], lines, cancellationToken);
        }
        catch (TransientServiceException failure)
        {
            throw failure.ToFailure();
        }
    }

    /// <summary>The newest lines, and then every new one, of tasks that come later too, until it is cancelled.</summary>
    public async IAsyncEnumerable<ServiceLogLine> FollowAsync(int lines, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var positions = new Dictionary<LogStreamName, string>();
        var pause = Pause;
        while (true)
        {
            IReadOnlyList<ServiceLogLine> read = [];
            try
            {
                read = await ReadAsync(positions, lines, cancellationToken);
                pause = Pause;
            }
            catch (TransientServiceException)
            {
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }

            foreach (var line in read) yield return line;
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<ServiceLogLine>> ReadAsync(
        Dictionary<LogStreamName, string> positions, int lines, CancellationToken cancellationToken)
    {
        _ = await ServicePreconditions.FindAsync(deployer, settings, cancellationToken);
        var tasks = await deployer.ListTasksAsync(settings.Cluster, settings.Service, cancellationToken);
        var definitions = new Dictionary<string, TaskLogs>(StringComparer.Ordinal);
        var read = new List<ServiceLogLine>();
        var isContinued = positions.Count > 0;
        foreach (var task in tasks.OrderBy(task => task.IsStopped).Take(MostTasks))
        {
            var streams = await StreamsOfAsync(task, definitions, cancellationToken);
            foreach (var container in streams?.Containers ?? [])
            {
                if (streams!.StreamOf(container, task.Id) is not { } stream) continue;
                var page = positions.TryGetValue(stream, out var position)
                    ? await logs.ReadOnAsync(stream, position, cancellationToken)
                    : await logs.TailAsync(stream, lines, cancellationToken);
                if (page.NextToken is not null) positions[stream] = page.NextToken;
                read.AddRange(page.Lines.Select(line => new ServiceLogLine(line.At, task.Id, container, PlainText.Of(line.Text))));
            }
        }

        var ordered = read.OrderBy(line => line.At);
        return isContinued ? [.. ordered] : [.. ordered.TakeLast(lines)];
    }

    private async Task<TaskLogs?> StreamsOfAsync(TaskState task, Dictionary<string, TaskLogs> known, CancellationToken cancellationToken)
    {
        if (task.TaskDefinitionArn is not { } arn) return null;
        if (known.TryGetValue(arn, out var streams)) return streams;
        return await deployer.FindTaskDefinitionAsync(arn, cancellationToken) is { } definition ? known[arn] = TaskLogs.Of(definition) : null;
    }
}
