using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Slipway.LocalCloud.Ecs.Model;
using Slipway.LocalCloud.Ecs.Planning;

namespace Slipway.LocalCloud.Ecs.Scheduling;

/// <summary>Makes the record of a task that is to be started.</summary>
internal sealed class TaskRecords(TimeProvider time)
{
    private static readonly bool ManyAddresses = HasManyAddresses();

    public EcsTask ForService(Service service, TaskStart start, TaskDefinition definition) =>
        New(start.TaskId, service.ClusterArn, definition, [], []) with
        {
            ServiceArn = service.Arn,
            RevisionArn = start.Deployment.RevisionArn,
            StartedBy = start.Deployment.Id,
            Group = $"service:{service.Name}",
        };

    public EcsTask Standalone(Cluster cluster, TaskDefinition definition, string group, string? startedBy, JsonObject overrides, JsonArray tags) =>
        New(Names.NewTaskId(), cluster.Arn, definition, overrides, tags) with { Group = group, StartedBy = startedBy };

    private EcsTask New(string id, string clusterArn, TaskDefinition definition, JsonObject overrides, JsonArray tags) => new()
    {
        Id = id,
        Arn = Names.Task(Names.Short(clusterArn), id),
        ClusterArn = clusterArn,
        TaskDefinitionArn = definition.Arn,
        Group = $"family:{definition.Family}",
        Overrides = overrides,
        Tags = tags,
        Address = Address().ToString(),
        CreatedAt = time.GetUtcNow(),
        Containers =
        [
            .. ContainerDefinition.All(definition.Document, overrides).Select(container => new EcsContainer
            {
                Id = Guid.NewGuid().ToString(),
                Name = container.Name,
                Image = container.Image,
                Essential = container.Essential,
                HasHealthCheck = container.HealthCheck is not null,
                Cpu = container.Cpu,
                Memory = container.Memory,
                MemoryReservation = container.MemoryReservation,
            }),
        ],
    };

    /// <summary>
    /// An address of the task's own in 127.64.0.0/10, so that every task listens on the same port, as with awsvpc.
    /// Four million of them: two living tasks do not meet.
    /// </summary>
    private static IPAddress Address() => !ManyAddresses
        ? IPAddress.Loopback
        : new IPAddress([127, (byte)Random.Shared.Next(64, 128), (byte)Random.Shared.Next(256), (byte)Random.Shared.Next(1, 255)]);

    private static bool HasManyAddresses()
    {
        try
        {
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            probe.Bind(new IPEndPoint(new IPAddress([127, 64, 0, 1]), 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
