using System.Text.Json.Nodes;
using Slipway.LocalCloud.Ecs.Answers;
using Slipway.LocalCloud.Ecs.Model;
using Slipway.LocalCloud.Ecs.Storage;

namespace Slipway.LocalCloud.Ecs.Operations;

/// <summary>Tags of services, tasks and task definitions.</summary>
internal sealed class TagOperations(EcsState state)
{
    public JsonObject List(JsonObject input)
    {
        JsonArray? tags = null;
        _ = Change(state.Current, Arn(input), before => tags = before);
        return new JsonObject { ["tags"] = Json.Copy(tags!) };
    }

    public JsonObject Tag(JsonObject input)
    {
        var added = (input["tags"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var keys = added.Select(Key).ToHashSet(StringComparer.Ordinal);
        state.Update(before => Change(before, Arn(input), tags => new JsonArray(
            [.. tags.OfType<JsonObject>().Where(tag => !keys.Contains(Key(tag))).Concat(added).Select(tag => tag.DeepClone())])));
        return [];
    }

    private static EcsSnapshot Change(EcsSnapshot snapshot, string arn, Func<JsonArray, JsonArray> change)
    {
        if (snapshot.TaskDefinitions.TryGetValue(arn, out var definition)) return snapshot.With(definition with { Tags = change(definition.Tags) });
        if (snapshot.Services.TryGetValue(arn, out var service)) return snapshot.With(service with { Tags = change(service.Tags) });
        if (snapshot.Tasks.TryGetValue(Names.Short(arn), out var task) && task.Arn == arn) return snapshot.With(task with { Tags = change(task.Tags) });
        throw Refusals.InvalidParameter("The specified resource was not found. Specify the ARN of a service, a task or a task definition.");
    }

    private static string Arn(JsonObject input) => (string?)input["resourceArn"] ?? "";

    private static string Key(JsonObject tag) => (string?)tag["key"] ?? "";
}
