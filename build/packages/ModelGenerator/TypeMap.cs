namespace Slipway.ModelGenerator;

/// <summary>C# types of the model's shapes, chosen as upstream chooses them.</summary>
internal sealed class TypeMap(ServiceDefinition service, Model model)
{
    /// <summary>Type of a property of <paramref name="owner"/>.</summary>
    public string Property(string owner, string member, Reference reference) =>
        IsMilliseconds(owner, member) ? "DateTime?" : Type(reference.Shape, optional: true);

    /// <summary>Upstream shows these numbers as times.</summary>
    public bool IsMilliseconds(string owner, string member) => service.Milliseconds.Contains($"{owner}.{member}");

    public bool IsCollection(Reference reference) => model.Shapes[reference.Shape].Type is "list" or "map";

    private string Type(string name, bool optional)
    {
        var shape = model.Shapes[name];
        var mark = optional ? "?" : "";
        return shape.Type switch
        {
            "structure" when shape.Document => "Amazon.Runtime.Documents.Document",
            "structure" => name,
            "list" => $"List<{Element(shape.Member!)}>",
            "map" => $"Dictionary<{Element(shape.Key!)}, {Element(shape.Value!)}>",
            "string" => optional && shape.Enum is not null ? name : "string",
            "boolean" => "bool" + mark,
            "integer" => "int" + mark,
            "long" => "long" + mark,
            "float" => "float" + mark,
            "double" => "double" + mark,
            "timestamp" => "DateTime" + mark,
            "blob" => "MemoryStream",
            _ => throw new UsageException($"Shape '{name}' has the type '{shape.Type}', which the generator does not know."),
        };
    }

    // A list of an enumeration is a list of its texts.
    private string Element(Reference reference) => Type(reference.Shape, optional: false);
}
