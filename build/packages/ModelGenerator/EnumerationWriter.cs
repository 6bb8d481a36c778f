namespace Slipway.ModelGenerator;

/// <summary>Enumerations: classes around a text, one constant for each value of the model.</summary>
internal static class EnumerationWriter
{
    public static string Write(ServiceDefinition service, Model model)
    {
        var source = new SourceText(service, model, "Amazon.Runtime");
        source.Line($"namespace {service.Namespace};");
        foreach (var (name, shape) in model.Shapes.Where(shape => shape.Value.Enum is not null).OrderBy(shape => shape.Key, StringComparer.Ordinal))
        {
            source.Line().Block($"public class {name} : ConstantClass", () => Members(source, name, shape.Enum!));
        }

        return source.ToString();
    }

    private static void Members(SourceText source, string name, IEnumerable<string> values)
    {
        foreach (var value in values.Order(StringComparer.Ordinal))
            source.Line($"public static readonly {name} {Naming.Constant(value)} = new {name}(\"{value}\");");
        source.Line().Line($"public {name}(string value) : base(value) {{ }}");
        source.Line().Line($"public static {name} FindValue(string value) => FindValue<{name}>(value);");
        source.Line().Line($"public static implicit operator {name}(string value) => FindValue(value);");
    }
}
