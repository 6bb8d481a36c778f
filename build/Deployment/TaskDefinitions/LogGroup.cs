using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.TaskDefinitions;

/// <summary>A log group of CloudWatch Logs that a container writes to, as its awslogs options say.</summary>
/// <param name="Region">Its region; null: the environment's.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsCreated">Whether the first task creates it where it is missing.</param>
internal sealed record LogGroup(string? Region, string Name, bool IsCreated)
{
    /// <summary>Those of a document, in the order of its containers; twice where two containers share one.</summary>
    public static IEnumerable<LogGroup> Of(TaskDefinitionDocument document) => document.Containers.Select(Of).OfType<LogGroup>();

    /// <summary>Whether a container writes to CloudWatch Logs.</summary>
    public static bool IsUsedBy(JObject container) => CheckRun.TextOf(CheckRun.Inner(container, "logConfiguration", "logDriver")) == "awslogs";

    private static LogGroup? Of(JObject container) =>
        IsUsedBy(container) && CheckRun.Inner(container, "logConfiguration", "options") is JObject options
        && CheckRun.TextOf(options["awslogs-group"]) is { Length: > 0 } name
            ? new LogGroup(CheckRun.TextOf(options["awslogs-region"]), name, CheckRun.TextOf(options["awslogs-create-group"]) == "true")
            : null;
}
