using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.TaskDefinitions.Schema;

/// <summary>What both JSON Schemas share. Draft 7 is what editors complete best.</summary>
internal static class SchemaText
{
    public static JObject Document(string title, JObject content)
    {
        var schema = new JObject { ["$schema"] = "http://json-schema.org/draft-07/schema#", ["title"] = title };
        schema.Merge(content);
        return schema;
    }

    public static JObject Type(string name) => new() { ["type"] = name };

    public static JObject AnyOf(params JToken[] choices) => new() { ["anyOf"] = new JArray(choices.Cast<object>().ToArray()) };

    public static string Write(JObject schema) => schema.ToString(Formatting.Indented).ReplaceLineEndings("\n") + "\n";
}
