namespace Slipway.ModelGenerator;

/// <summary>Requests, responses and what they hold.</summary>
internal static class StructureWriter
{
    public static string Write(ServiceDefinition service, Model model, TypeMap types)
    {
        var source = new SourceText(service, model, "Amazon.JsonProtocol", "Amazon.Runtime", "System.Text.Json.Serialization");
        source.Line($"namespace {service.Namespace}.Model;").Line();
        source.Line($"public abstract partial class {service.Client}Request : AmazonWebServiceRequest;").Line();
        var bases = Bases(service, model);
        var names = model.Shapes.Where(shape => shape.Value is { Type: "structure", Exception: false, Document: false }).Select(shape => shape.Key)
            .Concat(bases.Keys).Distinct().Order(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var head = bases.TryGetValue(name, out var parent) ? $"public partial class {name} : {parent}" : $"public partial class {name}";
            var members = model.Shapes.TryGetValue(name, out var shape) ? shape.Members ?? NoMembers : NoMembers;
            if (members.Count == 0) source.Line(head + ";");
            else source.Block(head, () => Properties(source, name, members, types));
            source.Line();
        }

        return source.ToString();
    }

    private static IReadOnlyDictionary<string, Reference> NoMembers { get; } = new Dictionary<string, Reference>();

    private static Dictionary<string, string> Bases(ServiceDefinition service, Model model)
    {
        var bases = new Dictionary<string, string>();
        foreach (var name in model.Operations.Keys)
        {
            bases[name + "Request"] = service.Client + "Request";
            bases[name + "Response"] = "AmazonWebServiceResponse";
        }

        return bases;
    }

    private static void Properties(SourceText source, string owner, IReadOnlyDictionary<string, Reference> members, TypeMap types)
    {
        foreach (var (member, reference) in members.OrderBy(entry => Naming.Upper(entry.Key), StringComparer.Ordinal))
        {
            var name = Naming.Upper(member);
            if (name == owner) throw new UsageException($"Property '{name}' would bear the name of its class.");
            if (Naming.Wire(name) != member) source.Line($"[JsonPropertyName(\"{member}\")]");
            if (types.IsMilliseconds(owner, member)) source.Line("[JsonConverter(typeof(EpochMillisecondsConverter))]");
            if (reference.IdempotencyToken) source.Line("[IdempotencyToken]");
            var initial = types.IsCollection(reference) ? " = AWSConfigs.InitializeCollections ? [] : null;" : "";
            source.Line($"public {types.Property(owner, member, reference)} {name} {{ get; set; }}{initial}");
        }
    }
}
