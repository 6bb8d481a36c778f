using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Rollouts.Reports;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollouts.Failures;

/// <summary>The last lines of the containers that are to blame.</summary>
internal sealed class ContainerLogs(IServiceDeployer deployer, ILogReader logs, string? localPage)
{
    private const int Lines = 30;
    private const int MostContainers = 4;

    private readonly List<ContainerLog> found = [];
    private readonly List<ReportLink> links = [];

    /// <summary>What has been read so far.</summary>
    public IReadOnlyList<ContainerLog> Found => found;

    /// <summary>Where it is.</summary>
    public IReadOnlyList<ReportLink> Links => links;

    /// <summary>Reads; where a stream cannot be read, what was read before stays.</summary>
    public async Task ReadAsync(
        DeploymentArtifact deployment, IReadOnlyList<FailureGroup> groups, ServiceState? service, CancellationToken cancellationToken)
    {
        var wanted = groups
            .SelectMany(group => NamesOf(group, service).Select(name => (Container: name, Task: group.Tasks[0])))
            .DistinctBy(item => item.Container)
            .Take(MostContainers)
            .ToList();
        if (wanted.Count == 0 || await deployer.FindTaskDefinitionAsync(deployment.TaskDefinitionArn, cancellationToken) is not { } definition) return;

        var streams = TaskLogs.Of(definition);
        foreach (var (container, task) in wanted)
        {
            if (streams.StreamOf(container, task.Id) is not { } stream)
            {
                found.Add(new ContainerLog(container, task.Id, null, [], "it has no awslogs stream that could be read"));
                continue;
            }

            if (ConsoleLinks.OfLog(localPage, deployment.TaskDefinitionArn, deployment.Region, stream) is { } link) links.Add(link);
            var page = await logs.TailAsync(stream, Lines, cancellationToken);
            found.Add(new ContainerLog(
                container, task.Id, $"{stream.Group}, stream {stream.Stream}", MaskedLog.Of(page.Lines.Select(line => line.Text)),
                page.Lines.Count == 0 ? "it has written nothing" : null));
        }
    }

    /// <summary>A container that never started has no log. A task that ECS stopped for its health is told by the container that serves.</summary>
    private static IEnumerable<string> NamesOf(FailureGroup group, ServiceState? service)
    {
        if (group.Tasks[0].Containers.All(container => container.ExitCode is null)) return [];
        if (group.Container is { } named) return [named];
        var serving = service?.LoadBalancers.Select(balancer => balancer.ContainerName).OfType<string>().ToList() ?? [];
        return serving.Count > 0 ? serving : group.Tasks[0].Containers.Select(container => container.Name);
    }
}
