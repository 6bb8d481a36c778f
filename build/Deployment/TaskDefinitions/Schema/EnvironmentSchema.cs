using Newtonsoft.Json.Linq;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.TaskDefinitions.Schema;

/// <summary>The JSON Schema of <c>infra/environments/*.json</c>, from the table of options.</summary>
internal static class EnvironmentSchema
{
    /// <summary>The schema's text.</summary>
    public static string Create()
    {
        var root = Section();
        var properties = (JObject)root["properties"]!;
        properties["$schema"] = SchemaText.Type("string");
        foreach (var option in SettingsOptions.All)
        {
            if (option.JsonMember is { } member) Add(properties, member.Split('.'), option);
        }

        return SchemaText.Write(SchemaText.Document("Settings of an environment that are not secret", root));
    }

    private static void Add(JObject properties, string[] path, SettingOption option)
    {
        if (path is [var name])
        {
            properties[name] = Described(option);
            return;
        }

        properties[path[0]] ??= Section();
        Add((JObject)properties[path[0]]!["properties"]!, path[1..], option);
    }

    private static JObject Section() => new() { ["type"] = "object", ["properties"] = new JObject(), ["additionalProperties"] = false };

    private static JObject Described(SettingOption option)
    {
        var schema = Value(option);
        schema.AddFirst(new JProperty("description", option.Default is null ? $"{option.Description}." : $"{option.Description}. Default: {option.Default}."));
        return schema;
    }

    private static JObject Value(SettingOption option) => option.Kind switch
    {
        OptionKind.Number => new JObject { ["type"] = "integer", ["minimum"] = option.Least, ["maximum"] = option.Most },
        OptionKind.Flag => SchemaText.Type("boolean"),
        OptionKind.Choice => Choice(option),
        OptionKind.PathList or OptionKind.ArgumentList => Strings(),
        OptionKind.NameList when option.Choices.Count > 0 => SchemaText.AnyOf(Choice(option), new JObject { ["type"] = "array", ["items"] = Choice(option) }),
        OptionKind.NameList => SchemaText.AnyOf(SchemaText.Type("string"), Strings()),
        OptionKind.Map => new JObject { ["type"] = "object", ["additionalProperties"] = new JObject { ["type"] = new JArray("string", "null") } },
        _ => SchemaText.Type("string"),
    };

    private static JObject Choice(SettingOption option) => new() { ["enum"] = new JArray(option.Choices) };

    private static JObject Strings() => new() { ["type"] = "array", ["items"] = SchemaText.Type("string") };
}
