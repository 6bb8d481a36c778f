using System.Net;
using Slipway.LocalCloud.Ecs.Model;
using Slipway.LocalCloud.Ecs.Storage;
using Slipway.LocalCloud.Hosting;
using Slipway.LocalCloud.Images;
using Slipway.LocalCloud.Logs;
using Slipway.LocalCloud.Protocol;
using Slipway.LocalCloud.Runtime;

namespace Slipway.LocalCloud.Ecs.Scheduling;

/// <summary>A container with what its runtime needs of it.</summary>
internal sealed record PreparedContainer(ContainerDefinition Definition, ContainerRequest Request);

/// <summary>Resolves what a task definition names: images, log groups, variables. What cannot be had ends the task in ECS's words.</summary>
internal sealed class TaskPreparation(IImageStore images, IRegistryPlace place, ILogSink logs, BoundPorts ports)
{
    public IReadOnlyList<PreparedContainer> Prepare(EcsSnapshot snapshot, EcsTask task, string runtime)
    {
        var definition = snapshot.TaskDefinitions.GetValueOrDefault(task.TaskDefinitionArn)
            ?? throw new ContainerStartException($"CannotStartContainerError: the task definition {task.TaskDefinitionArn} is gone.");
        var revision = task.ServiceArn is null ? null : snapshot.Services.GetValueOrDefault(task.ServiceArn)?.Revision(task.RevisionArn ?? "");
        var containers = ContainerDefinition.All(definition.Document, task.Overrides);
        return
        [
            .. containers.Select((container, index) =>
            {
                CheckSources(container);
                var image = Image(container, revision, runtime);
                var size = (Cpu: Size((string?)task.Overrides["cpu"] ?? (string?)definition.Document["cpu"], TaskSize.Cpu),
                    Memory: Size((string?)task.Overrides["memory"] ?? (string?)definition.Document["memory"], TaskSize.Memory));
                return new PreparedContainer(container, new ContainerRequest
                {
                    TaskId = task.Id,
                    Name = container.Name,
                    Image = image,
                    EntryPoint = container.EntryPoint,
                    Command = container.Command,
                    WorkingDirectory = container.WorkingDirectory,
                    User = container.User,
                    Environment = Environment(container, task, image, index, runtime),
                    Ports = container.Ports,
                    Cpu = container.Cpu > 0 ? container.Cpu : size.Cpu,
                    MemoryMiB = container.Memory ?? size.Memory,
                    Address = IPAddress.Parse(task.Address),
                    Output = Output(container, task),
                });
            }),
        ];
    }

    /// <summary>Without a tag or digest of its own, and with the revision's digest.</summary>
    internal static string Pinned(string image, string digest)
    {
        var at = image.IndexOf('@', StringComparison.Ordinal);
        var name = at < 0 ? image : image[..at];
        var colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/') ? $"{name[..colon]}@{digest}" : $"{name}@{digest}";
    }

    private ResolvedImage Image(ContainerDefinition container, ServiceRevision? revision, string runtime)
    {
        var pinned = revision?.Images.FirstOrDefault(image => image.ContainerName == container.Name && image.Image == container.Image)?.Digest;
        var wanted = pinned is null ? container.Image : Pinned(container.Image, pinned);
        var image = images.Resolve(wanted);
        var needsEngine = runtime != "engine" && !place.HoldsLayers;
        if (image is not null && !needsEngine) return image;
        var cause = image is not null ? $"only a Docker Engine pulls from the registry at {place.Endpoint}, and none answers here"
            : container.Image.StartsWith($"{place.Host}/", StringComparison.Ordinal)
            ? "not found"
            : $"LocalCloud pulls from its own registry only, {place.Host}";
        throw new ContainerStartException(
            $"CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref {wanted}: {wanted}: {cause}");
    }

    private Action<string> Output(ContainerDefinition container, EcsTask task)
    {
        if (container.Logs is not { } target) return _ => { };
        if (!logs.GroupExists(target.Group))
        {
            if (!target.CreateGroup)
            {
                throw new ContainerStartException("ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: "
                    + "failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. : exit status 1");
            }

            logs.CreateGroup(target.Group);
        }

        var stream = target.StreamPrefix is null ? task.Id : $"{target.StreamPrefix}/{container.Name}/{task.Id}";
        return line => logs.Append(target.Group, stream, line);
    }

    private Dictionary<string, string> Environment(ContainerDefinition container, EcsTask task, ResolvedImage image, int index, string runtime)
    {
        var variables = new Dictionary<string, string>(container.Environment, StringComparer.Ordinal)
        {
            ["AWS_EXECUTION_ENV"] = "AWS_ECS_FARGATE",
            ["AWS_REGION"] = Account.Region,
            ["AWS_DEFAULT_REGION"] = Account.Region,
            ["SLIPWAY_TASK_ARN"] = task.Arn,
            ["SLIPWAY_IMAGE_DIGEST"] = image.Digest,
        };

        // From a container's own network the loopback address of the machine is not to be reached.
        if (runtime == "process")
            variables["ECS_CONTAINER_METADATA_URI_V4"] = $"{ports.Endpoint}/_local/metadata/{task.Id}{(index == 0 ? "" : $"-{index}")}";
        return variables;
    }

    private static void CheckSources(ContainerDefinition container)
    {
        if (container.OutsideSource is not { } source) return;
        throw new ContainerStartException("ResourceInitializationError: unable to pull secrets or registry auth: "
            + $"LocalCloud has no Secrets Manager, Parameter Store or S3, and container {container.Name} needs {source}. "
            + "Try: give the local environment a task definition with plain variables instead.");
    }

    private static int Size(string? text, Func<string?, int?> read) => read(text) ?? 0;
}
