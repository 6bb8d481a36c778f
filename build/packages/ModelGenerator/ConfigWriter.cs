namespace Slipway.ModelGenerator;

/// <summary>The configuration class, and the service's names and error codes beneath it.</summary>
internal static class ConfigWriter
{
    public static string Write(ServiceDefinition service, Model model)
    {
        var meta = model.Metadata;
        var source = new SourceText(service, model, "Amazon.JsonProtocol", "Amazon.Runtime", service.Namespace + ".Model");
        source.Line($"namespace {service.Namespace};").Line();
        source.Block($"public partial class {service.Client}Config : JsonServiceConfig", () =>
        {
            source.Line($"public {service.Client}Config() : base({service.Client}Service.Instance) {{ }}").Line();
            source.Line($"public static new string ServiceId => \"{meta["serviceId"]}\";");
        });
        source.Line().Block($"internal static class {service.Client}Service", () =>
        {
            source.Block("internal static readonly JsonService Instance = new JsonService", () => Members(source, service, model), "};");
        });
        return source.ToString();
    }

    private static void Members(SourceText source, ServiceDefinition service, Model model)
    {
        var meta = model.Metadata;
        source.Line($"ServiceId = \"{meta["serviceId"]}\",");
        source.Line($"SigningName = \"{meta.GetValueOrDefault("signingName") ?? meta["endpointPrefix"]}\",");
        source.Line($"TargetPrefix = \"{meta["targetPrefix"]}\",");
        source.Line($"ApiVersion = \"{meta["apiVersion"]}\",");
        source.Line($"Endpoints = {service.Endpoints},");
        source.Line("Errors = new Dictionary<string, ServiceErrorFactory>");
        source.Line("{");
        foreach (var (name, _) in ExceptionWriter.Errors(model)) source.Line($"    [\"{name}\"] = {Factory(Naming.Exception(name))},");
        source.Line("},");
        source.Line("OperationErrors = new Dictionary<string, string[]>");
        source.Line("{");
        foreach (var (name, operation) in model.Operations.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            source.Line($"    [\"{name}\"] = [{string.Join(", ", operation.Errors.Select(error => $"\"{error}\""))}],");
        source.Line("},");
        source.Line($"OtherError = {Factory(service.Client + "Exception")},");
    }

    private static string Factory(string exception) =>
        $"(message, inner, type, code, requestId, status) => new {exception}(message, inner, type, code, requestId, status)";
}
