using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions.Model;

namespace Slipway.Deployment.TaskDefinitions.Schema;

/// <summary>
/// The JSON Schema of a task definition, from the service model and <see cref="MemberLimits"/>: an editor completes members and values and shows
/// what the rules marked "schema" refuse. A number, a flag or a fixed value may also be a string with a placeholder, "${PORT}".
/// </summary>
internal sealed class TaskDefinitionSchema
{
    private const string PlaceholderPattern = @"\$\{";
    private const int MostContainers = 10;

    private readonly SortedDictionary<string, JObject> definitions = new(StringComparer.Ordinal);

    private TaskDefinitionSchema()
    {
    }

    /// <summary>The schema's text.</summary>
    public static string Create()
    {
        var schema = new TaskDefinitionSchema();
        var root = schema.Structure(TaskDefinitionModel.Request);
        ((JObject)root["properties"]!).AddFirst(new JProperty("$schema", SchemaText.Type("string")));
        var definitions = new JObject { ["placeholder"] = new JObject { ["type"] = "string", ["pattern"] = PlaceholderPattern } };
        foreach (var (name, definition) in schema.definitions) definitions[name] = definition;
        root["definitions"] = definitions;
        return SchemaText.Write(SchemaText.Document("Amazon ECS task definition, the request of RegisterTaskDefinition", root));
    }

    private static JObject Reference(string definition) => new() { ["$ref"] = $"#/definitions/{definition}" };

    private static JObject OrPlaceholder(JObject schema) => SchemaText.AnyOf(schema, Reference("placeholder"));

    private JObject Structure(Shape shape)
    {
        var properties = new JObject();
        var required = new JArray();
        foreach (var member in shape.Members)
        {
            properties[member.Name] = Value(member.Shape, member);
            if (member.IsRequired) required.Add(member.Name);
        }

        var schema = SchemaText.Type("object");
        schema["properties"] = properties;
        if (required.Count > 0) schema["required"] = required;
        schema["additionalProperties"] = false;
        return schema;
    }

    private JObject Value(Shape shape, ShapeMember? member)
    {
        switch (shape.Kind)
        {
            case ShapeKind.Structure:
                if (definitions.TryAdd(shape.Name, [])) definitions[shape.Name] = Described(shape);
                return Reference(shape.Name);
            case ShapeKind.Map:
                return new JObject { ["type"] = "object", ["additionalProperties"] = Value(shape.Element!, null) };
            case ShapeKind.List:
                return List(shape, member?.Name);
            case ShapeKind.Boolean:
                return OrPlaceholder(SchemaText.Type("boolean"));
            case ShapeKind.Integer or ShapeKind.Long:
                return OrPlaceholder(Integer(shape, member?.Range));
            default:
                return Text(shape, member?.Pattern);
        }
    }

    private JObject Described(Shape shape)
    {
        var schema = Structure(shape);
        schema.AddFirst(new JProperty("description", $"https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_{shape.Name}.html"));
        return schema;
    }

    private JObject List(Shape shape, string? member)
    {
        var schema = SchemaText.Type("array");
        schema["items"] = Value(shape.Element!, null);
        if (member == "containerDefinitions") (schema["minItems"], schema["maxItems"]) = (1, MostContainers);
        else if (shape.Max is { } most) schema["maxItems"] = most;
        return schema;
    }

    private static JObject Integer(Shape shape, (int Least, int Most)? range)
    {
        var schema = SchemaText.Type("integer");
        if (shape.Kind == ShapeKind.Long) return schema;
        schema["minimum"] = range?.Least ?? int.MinValue;
        schema["maximum"] = range?.Most ?? int.MaxValue;
        return schema;
    }

    private static JObject Text(Shape shape, string? pattern)
    {
        if (shape.Enum.Count > 0) return OrPlaceholder(new JObject { ["enum"] = new JArray(shape.Enum) });
        var schema = SchemaText.Type("string");
        if (shape.Min is > 0 and var least) schema["minLength"] = least;
        if (shape.Max is { } most) schema["maxLength"] = most;
        if (pattern is not null) schema["pattern"] = $"{pattern}|{PlaceholderPattern}";
        return schema;
    }
}
