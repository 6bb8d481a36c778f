using System.Security.Cryptography;
using System.Text;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions;
using Slipway.Deployment.TaskDefinitions.Rendering;

namespace Slipway.Deployment.OneOffTasks;

/// <summary>Makes a task of settings, a revision and the service beside which it runs. Pure.</summary>
internal static class OneOffTaskRequest
{
    private const string Prefix = "slipway/";

    /// <summary>The task; a container that is not there, or that cannot be told, is a <see cref="SlipwayException"/>.</summary>
    /// <param name="settings">What the run was told.</param>
    /// <param name="service">Where it runs: in the service's network, on its capacity.</param>
    /// <param name="revision">The task definition that it runs.</param>
    /// <param name="command">The command; null: the container's own.</param>
    public static OneOffTask Make(DeploymentSettings settings, ServiceState service, LiveTaskDefinition revision, IReadOnlyList<string>? command)
    {
        var task = new OneOffTask(
            settings.Cluster, revision.Arn, Container(settings, revision), command, settings.OneOffTask.Env, service.Placement, string.Empty);
        return task with { StartedBy = StartedBy(task, service.Name) };
    }

    /// <summary>The same for the same work on the same revision, so that another run finds it.</summary>
    private static string StartedBy(OneOffTask task, string service)
    {
        var parts = new[] { task.Cluster, service, task.TaskDefinitionArn, task.Container, task.Command is null ? "default" : "command" }
            .Concat(task.Command ?? [])
            .Concat(task.Env.OrderBy(entry => entry.Key, StringComparer.Ordinal).SelectMany(entry => new[] { entry.Key, entry.Value }));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))));
        return Prefix + hash[..24];
    }

    private static string Container(DeploymentSettings settings, LiveTaskDefinition revision)
    {
        var name = ResourceName.Of(revision.Arn);
        var document = TaskDefinitionDocument.ReadOrThrow(name, Encoding.UTF8.GetBytes(revision.Json));
        var names = document.Containers.Select(ContainerChoice.NameOf).OfType<string>().ToList();
        var chosen = settings.OneOffTask.Container
            ?? ContainerChoice.FindAll(document, settings.Containers, []).Select(ContainerChoice.NameOf).OfType<string>().FirstOrDefault();
        if (chosen is not null && names.Contains(chosen, StringComparer.Ordinal)) return chosen;
        throw new SlipwayException(
            ExitCode.InvalidInput,
            chosen is null ? $"Which container of '{name}' runs the one-off task cannot be told." : $"'{name}' has no container '{chosen}' for the one-off task.",
            $"name one of {string.Join(", ", names.Select(known => $"'{known}'"))} with --{OneOffTaskOptions.Container.Name}");
    }
}
