using System.Text.Json.Nodes;
using Slipway.LocalCloud.Ecs.Answers;
using Slipway.LocalCloud.Ecs.Model;
using Slipway.LocalCloud.Ecs.Storage;

namespace Slipway.LocalCloud.Ecs.Operations;

/// <summary>Task definitions by family and revision.</summary>
internal sealed class TaskDefinitionOperations(EcsState state, TimeProvider time)
{
    public JsonObject Register(JsonObject input)
    {
        TaskDefinitionRules.Check(input);
        var document = Json.Copy(input);
        var tags = document["tags"] is JsonArray given ? Json.Copy(given) : [];
        document.Remove("tags");
        var family = (string)document["family"]!;
        TaskDefinition? registered = null;
        state.Update(before =>
        {
            registered = new TaskDefinition
            {
                Family = family,
                Revision = (before.Family(family).LastOrDefault()?.Revision ?? 0) + 1,
                Document = document,
                Tags = tags,
                RegisteredAt = time.GetUtcNow(),
            };
            return before.With(registered);
        });
        return Answer(registered!, withTags: true);
    }

    public JsonObject Describe(JsonObject input)
    {
        var definition = Lookup.TaskDefinition(state.Current, (string?)input["taskDefinition"] ?? "")
            ?? throw Refusals.Client("Unable to describe task definition.");
        return Answer(definition, Includes(input, "TAGS"));
    }

    public JsonObject Deregister(JsonObject input)
    {
        TaskDefinition? deregistered = null;
        state.Update(before =>
        {
            var name = (string?)input["taskDefinition"] ?? "";
            // A family alone would name whatever is newest: ECS wants the revision here.
            var definition = Names.Short(name).Contains(':', StringComparison.Ordinal) ? Lookup.TaskDefinition(before, name) : null;
            if (definition is null) throw Refusals.Client("The specified task definition does not exist. Specify a valid family and revision and try again.");
            deregistered = definition.Status == TaskDefinition.Inactive
                ? definition
                : definition with { Status = TaskDefinition.Inactive, DeregisteredAt = time.GetUtcNow() };
            return before.With(deregistered);
        });
        return new JsonObject { ["taskDefinition"] = TaskDefinitionAnswer.Of(deregistered!) };
    }

    public JsonObject List(JsonObject input)
    {
        var status = (string?)input["status"] ?? TaskDefinition.Active;
        var family = (string?)input["familyPrefix"];
        var ordered = state.Current.TaskDefinitions.Values
            .Where(definition => definition.Status == status && (family is null || definition.Family == family))
            .OrderBy(definition => definition.Family, StringComparer.Ordinal).ThenBy(definition => definition.Revision);
        var sorted = (string?)input["sort"] == "DESC" ? ordered.Reverse() : ordered;
        return Paging.Page(input, "taskDefinitionArns", [.. sorted.Select(definition => (JsonNode?)JsonValue.Create(definition.Arn))]);
    }

    public static bool Includes(JsonObject input, string field) =>
        input["include"] is JsonArray fields && fields.Any(item => (string?)item == field);

    private static JsonObject Answer(TaskDefinition definition, bool withTags)
    {
        var answer = new JsonObject { ["taskDefinition"] = TaskDefinitionAnswer.Of(definition) };
        if (withTags) answer["tags"] = Json.Copy(definition.Tags);
        return answer;
    }
}
