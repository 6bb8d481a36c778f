namespace Slipway.ModelGenerator;

/// <summary>The service's exception and one for each error code of the model.</summary>
internal static class ExceptionWriter
{
    public static string Write(ServiceDefinition service, Model model)
    {
        var source = new SourceText(service, model, "System.Net", "Amazon.Runtime");
        var root = service.Client + "Exception";
        source.Block($"namespace {service.Namespace}", () => Class(source, root, "AmazonServiceException", []));
        source.Line().Block($"namespace {service.Namespace}.Model", () =>
        {
            foreach (var (name, shape) in Errors(model)) Class(source, Naming.Exception(name), root, ExtraMembers(name, shape, service, model));
        });
        return source.ToString();
    }

    public static IEnumerable<KeyValuePair<string, Shape>> Errors(Model model) =>
        model.Shapes.Where(shape => shape.Value.Exception).OrderBy(shape => shape.Key, StringComparer.Ordinal);

    private static IEnumerable<string> ExtraMembers(string name, Shape shape, ServiceDefinition service, Model model)
    {
        var types = new TypeMap(service, model);
        return (shape.Members ?? new Dictionary<string, Reference>())
            .Where(member => !member.Key.Equals("message", StringComparison.OrdinalIgnoreCase))
            .Select(member => $"public {types.Property(name, member.Key, member.Value)} {Naming.Upper(member.Key)} {{ get; set; }}");
    }

    private static void Class(SourceText source, string name, string parent, IEnumerable<string> members)
    {
        const string Answer = "ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode";
        const string Values = "errorType, errorCode, requestId, statusCode";
        source.Line().Block($"public partial class {name} : {parent}", () =>
        {
            if (parent != "AmazonServiceException") source.Line($"public {name}() : base((string)null) {{ }}");
            source.Line($"public {name}(string message) : base(message) {{ }}");
            source.Line($"public {name}(string message, Exception innerException) : base(message, innerException) {{ }}");
            source.Line($"public {name}(Exception innerException) : base(innerException.Message, innerException) {{ }}");
            source.Line($"public {name}(string message, {Answer}) : base(message, {Values}) {{ }}");
            source.Line($"public {name}(string message, Exception innerException, {Answer}) : base(message, innerException, {Values}) {{ }}");
            foreach (var member in members) source.Line(member);
        });
    }
}
