namespace Slipway.ModelGenerator;

/// <summary>The client and its interface: one method an operation.</summary>
internal static class ClientWriter
{
    public static string Interface(ServiceDefinition service, Model model)
    {
        var source = new SourceText(service, model, "Amazon.Runtime", "Amazon.Runtime.Endpoints", service.Namespace + ".Model");
        source.Line($"namespace {service.Namespace};").Line();
        source.Block($"public partial interface I{service.Client} : IAmazonService, IDisposable", () =>
        {
            foreach (var name in Names(model))
                source.Line($"Task<{name}Response> {name}Async({name}Request request, CancellationToken cancellationToken = default);");
            source.Line().Line("Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request);");

            // Without a body of its own the interface could not be a type argument (CS8920): no container, no substitute.
            source.Line().Line($"static ClientConfig IAmazonService.CreateDefaultClientConfig() => new {service.Client}Config();");
            source.Line().Line("static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>");
            source.Line($"    new {service.Client}Client(awsCredentials, ({service.Client}Config)clientConfig);");
        });
        return source.ToString();
    }

    public static string Client(ServiceDefinition service, Model model)
    {
        var source = new SourceText(
            service, model, "Amazon.JsonProtocol", "Amazon.Runtime", "Amazon.Runtime.Endpoints", service.Namespace + ".Model");
        source.Line($"namespace {service.Namespace};").Line();
        source.Block($"public partial class {service.Client}Client : JsonServiceClient, I{service.Client}", () =>
        {
            Constructors(source, service);
            foreach (var name in Names(model))
            {
                source.Line($"public virtual Task<{name}Response> {name}Async({name}Request request, CancellationToken cancellationToken = default) =>");
                source.Line($"    InvokeOperationAsync<{name}Response>(\"{name}\", request, cancellationToken);").Line();
            }

            source.Line("public Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request) =>");
            source.Line("    Config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(request));");
        });
        return source.ToString();
    }

    private static void Constructors(SourceText source, ServiceDefinition service)
    {
        var config = service.Client + "Config";
        const string Key = "string awsAccessKeyId, string awsSecretAccessKey";
        const string Session = Key + ", string awsSessionToken";
        const string Basic = "new BasicAWSCredentials(awsAccessKeyId, awsSecretAccessKey)";
        const string Temporary = "new SessionAWSCredentials(awsAccessKeyId, awsSecretAccessKey, awsSessionToken)";
        var inRegion = $"new {config} {{ RegionEndpoint = region }}";
        (string Parameters, string Call)[] all =
        [
            ("", $"base(new {config}())"),
            ("RegionEndpoint region", $"base({inRegion})"),
            ($"{config} config", "base(config)"),
            ("AWSCredentials credentials", $"base(credentials, new {config}())"),
            ("AWSCredentials credentials, RegionEndpoint region", $"base(credentials, {inRegion})"),
            ($"AWSCredentials credentials, {config} clientConfig", "base(credentials, clientConfig)"),
            (Key, $"base({Basic}, new {config}())"),
            ($"{Key}, RegionEndpoint region", $"base({Basic}, {inRegion})"),
            ($"{Key}, {config} clientConfig", $"base({Basic}, clientConfig)"),
            (Session, $"base({Temporary}, new {config}())"),
            ($"{Session}, RegionEndpoint region", $"base({Temporary}, {inRegion})"),
            ($"{Session}, {config} clientConfig", $"base({Temporary}, clientConfig)"),
        ];
        foreach (var (parameters, call) in all) source.Line($"public {service.Client}Client({parameters}) : {call} {{ }}").Line();
    }

    private static IEnumerable<string> Names(Model model) => model.Operations.Keys.Order(StringComparer.Ordinal);
}
