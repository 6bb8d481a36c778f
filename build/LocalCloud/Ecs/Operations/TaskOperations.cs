using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Slipway.LocalCloud.Ecs.Answers;
using Slipway.LocalCloud.Ecs.Model;
using Slipway.LocalCloud.Ecs.Scheduling;
using Slipway.LocalCloud.Ecs.Storage;
using Slipway.LocalCloud.Hosting;
using Slipway.LocalCloud.Protocol;
using static Slipway.LocalCloud.Ecs.Operations.TaskDefinitionOperations;

namespace Slipway.LocalCloud.Ecs.Operations;

/// <summary>Tasks, of services and on their own.</summary>
internal sealed class TaskOperations(EcsState state, TaskRecords factory, FaultPlan faults, TimeProvider time)
{
    private const int Largest = 10;

    public JsonObject List(JsonObject input)
    {
        var snapshot = state.Current;
        var cluster = Lookup.Cluster(snapshot, input);
        var desired = (string?)input["desiredStatus"] ?? EcsTask.Running;
        IEnumerable<EcsTask> tasks = snapshot.Tasks.Values;
        tasks = tasks.Where(task => task.ClusterArn == cluster.Arn && task.DesiredStatus == desired);
        if (input["serviceName"] is { } name)
        {
            var service = Lookup.FindService(snapshot, cluster, (string)name!) ?? throw Refusals.ServiceNotFound();
            tasks = tasks.Where(task => task.ServiceArn == service.Arn);
        }

        if ((string?)input["startedBy"] is { } startedBy) tasks = tasks.Where(task => task.StartedBy == startedBy);
        if ((string?)input["family"] is { } family)
            tasks = tasks.Where(task => Names.Short(task.TaskDefinitionArn).StartsWith(family + ":", StringComparison.Ordinal));
        if ((string?)input["launchType"] is { } launchType and not "FARGATE") tasks = tasks.Where(_ => launchType.Length == 0);
        return Paging.Page(input, "taskArns", [.. tasks.OrderByDescending(task => task.CreatedAt).Select(task => (JsonNode?)JsonValue.Create(task.Arn))]);
    }

    public JsonObject Describe(JsonObject input)
    {
        var snapshot = state.Current;
        var cluster = Lookup.Cluster(snapshot, input);
        var names = (input["tasks"] as JsonArray ?? []).Select(item => (string?)item ?? "").ToList();
        if (names.Count is 0 or > 100) throw Refusals.InvalidParameter("Tasks must have between 1 and 100 entries.");
        var found = new JsonArray();
        var failures = new JsonArray();
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            if (Lookup.Task(snapshot, cluster, name) is { } task) found.Add(Render(snapshot, task, Includes(input, "TAGS")));
            else failures.Add(new JsonObject { ["arn"] = Names.IsArn(name) ? name : Names.Task(cluster.Name, name), ["reason"] = "MISSING" });
        }

        return new JsonObject { ["tasks"] = found, ["failures"] = failures };
    }

    public JsonObject Run(JsonObject input)
    {
        var count = (int?)input["count"] ?? 1;
        if (count is < 1 or > Largest) throw Refusals.InvalidParameter($"Count must be between 1 and {Largest}.");
        if ((string?)input["launchType"] is { } launchType and not "FARGATE")
            throw Refusals.InvalidParameter($"The launch type {launchType} is not offered by LocalCloud; use FARGATE.");
        var token = (string?)input["clientToken"];
        var started = ImmutableArray<EcsTask>.Empty;
        var snapshot = state.Update(before =>
        {
            var cluster = Lookup.Cluster(before, input);
            var definition = Lookup.Startable(before, (string?)input["taskDefinition"] ?? "");
            if ((string?)definition.Document["networkMode"] == "awsvpc" && input["networkConfiguration"]?["awsvpcConfiguration"] is null)
                throw Refusals.InvalidParameter("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
            var overrides = input["overrides"] is JsonObject given ? Json.Copy(given) : [];
            CheckOverrides(overrides, definition);
            started = token is null ? [] : Earlier(before, cluster, token, definition, overrides);
            if (!started.IsEmpty || faults.Take("task:Start", Fault.Capacity) is not null) return before;
            started =
            [
                .. Enumerable.Range(0, count).Select(_ => factory.Standalone(
                    cluster,
                    definition,
                    (string?)input["group"] ?? $"family:{definition.Family}",
                    (string?)input["startedBy"],
                    overrides,
                    input["tags"] is JsonArray tags ? Json.Copy(tags) : []) with { ClientToken = token }),
            ];
            return started.Aggregate(before, (snapshot, task) => snapshot.With(task));
        });
        JsonArray failures = started.IsEmpty ? [new JsonObject { ["reason"] = FaultEffect.NoCapacity }] : [];
        return new JsonObject { ["tasks"] = Json.Array(started, task => Render(snapshot, task, withTags: true)), ["failures"] = failures };
    }

    public JsonObject Stop(JsonObject input)
    {
        EcsTask? stopped = null;
        var snapshot = state.Update(before =>
        {
            var task = Lookup.Task(before, Lookup.Cluster(before, input), (string?)input["task"] ?? "")
                ?? throw Refusals.InvalidParameter("The referenced task was not found.");
            stopped = !task.IsWanted ? task : task with
            {
                DesiredStatus = EcsTask.Stopped,
                StopCode = "UserInitiated",
                StoppedReason = (string?)input["reason"] ?? "Task stopped by user",
                StoppingAt = time.GetUtcNow(),
            };
            return ReferenceEquals(stopped, task) ? before : before.With(stopped);
        });
        return new JsonObject { ["task"] = Render(snapshot, stopped!, withTags: true) };
    }

    /// <summary>The tasks of the same request, sent before: its answer may have been lost on the way.</summary>
    private static ImmutableArray<EcsTask> Earlier(EcsSnapshot snapshot, Cluster cluster, string token, TaskDefinition definition, JsonObject overrides)
    {
        ImmutableArray<EcsTask> earlier = [.. snapshot.Tasks.Values.Where(task => task.ClusterArn == cluster.Arn && task.ClientToken == token)];
        if (earlier.Any(task => task.TaskDefinitionArn != definition.Arn || !JsonNode.DeepEquals(task.Overrides, overrides)))
            throw new ApiException("ConflictException", "The provided clientToken is already in use with a different RunTask request.");
        return earlier;
    }

    private static JsonObject Render(EcsSnapshot snapshot, EcsTask task, bool withTags) =>
        TaskAnswer.Of(task, snapshot.TaskDefinitions.GetValueOrDefault(task.TaskDefinitionArn), withTags);

    private static void CheckOverrides(JsonObject overrides, TaskDefinition definition)
    {
        var names = ContainerDefinition.All(definition.Document).Select(container => container.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var container in (overrides["containerOverrides"] as JsonArray ?? []).OfType<JsonObject>())
            if (!names.Contains((string?)container["name"] ?? ""))
                throw Refusals.InvalidParameter("Override for container named " + (string?)container["name"] + " is not a container in the TaskDefinition.");
    }
}
