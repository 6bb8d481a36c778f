using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.JsonProtocol;

/// <summary>
/// A client of an AWS JSON 1.1 service. Signing, credentials, retries, endpoints and transport are the SDK core's;
/// this class adds how a request becomes JSON and how JSON becomes a response.
/// </summary>
public abstract class JsonServiceClient : AmazonServiceClient
{
    /// <summary>Credentials come from the SDK's chain.</summary>
    protected JsonServiceClient(JsonServiceConfig config) : base(config)
    {
    }

    /// <summary>Credentials are the caller's.</summary>
    protected JsonServiceClient(AWSCredentials credentials, JsonServiceConfig config) : base(credentials, config)
    {
    }

    // The base constructor asks for this before a derived field would exist; the configuration is there already.
    /// <inheritdoc />
    protected override IServiceMetadata ServiceMetadata => Service;

    private JsonService Service => ((JsonServiceConfig)Config).Service;

    /// <inheritdoc />
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new EndpointHandler());
        pipeline.AddHandlerAfter<Marshaller>(new AuthHandler());
    }

    /// <summary>Runs one operation.</summary>
    protected Task<TResponse> InvokeOperationAsync<TResponse>(
        string operation, AmazonWebServiceRequest request, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse, new()
    {
        _ = Shape<TResponse>.Known;
        var options = new InvokeOptions
        {
            RequestMarshaller = new JsonRequestMarshaller(Service, operation),
            ResponseUnmarshaller = new JsonResponseReader<TResponse>(Service, operation),
        };
        return InvokeAsync<TResponse>(request, options, cancellationToken);
    }

    // The serializer learns a response's shape by reflection, once, and for ECS's services that takes longer than a call. It learns while the
    // request is on its way. Where it fails, the reading of the answer fails in the same way and is heard.
    private static class Shape<TResponse>
    {
        public static Task Known { get; } = Task.Run(() => AwsJson.Options.GetTypeInfo(typeof(TResponse)));
    }
}
