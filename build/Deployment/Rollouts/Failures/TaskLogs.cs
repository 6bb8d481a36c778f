using Newtonsoft.Json.Linq;
using Slipway.Deployment.Services;
using Slipway.Deployment.TaskDefinitions;
using Slipway.Deployment.TaskDefinitions.Rendering;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.Rollouts.Failures;

/// <summary>Where the containers of a task definition write their logs, as its awslogs options say. Pure.</summary>
public sealed class TaskLogs
{
    private readonly Dictionary<string, JObject> options;

    private TaskLogs(Dictionary<string, JObject> options) => this.options = options;

    /// <summary>The containers whose logs can be read.</summary>
    public IReadOnlyCollection<string> Containers => options.Keys;

    /// <summary>Reads a task definition; one that cannot be read has no logs.</summary>
    public static TaskLogs Of(LiveTaskDefinition definition)
    {
        var document = TaskDefinitionDocument.Find(definition);
        var found = new Dictionary<string, JObject>(StringComparer.Ordinal);
        foreach (var container in document?.Containers ?? [])
        {
            if (container["logConfiguration"] is JObject configuration
                && CheckRun.TextOf(configuration["logDriver"]) == "awslogs"
                && configuration["options"] is JObject named
                && ContainerChoice.NameOf(container) is { } name)
            {
                found[name] = named;
            }
        }

        return new TaskLogs(found);
    }

    /// <summary>The stream of a container in a task; null where it cannot be known (no awslogs, or no stream prefix).</summary>
    public LogStreamName? StreamOf(string container, string taskId)
    {
        if (!options.TryGetValue(container, out var found)
            || CheckRun.TextOf(found["awslogs-group"]) is not { } group
            || CheckRun.TextOf(found["awslogs-stream-prefix"]) is not { } prefix)
        {
            return null;
        }

        return new LogStreamName(CheckRun.TextOf(found["awslogs-region"]), group, $"{prefix}/{container}/{taskId}");
    }
}
