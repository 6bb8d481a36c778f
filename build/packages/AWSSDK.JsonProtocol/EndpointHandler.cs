using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace Amazon.JsonProtocol;

/// <summary>Puts the endpoint into the request. All its parameters come from the configuration, none from the operation.</summary>
internal sealed class EndpointHandler : BaseEndpointResolver
{
    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext)
    {
        var config = requestContext.ClientConfig;
        var alternate = requestContext.Request.AlternateEndpoint;
        var parameters = new EndpointParameters
        {
            ["Region"] = (alternate ?? config.RegionEndpoint)?.SystemName,
            ["UseDualStack"] = config.UseDualstackEndpoint,
            ["UseFIPS"] = config.UseFIPSEndpoint,
        };
        if (config.ServiceURL is { Length: > 0 } url) parameters["Endpoint"] = url;
        return parameters;
    }

    protected override void ServiceSpecificHandler(IExecutionContext executionContext, EndpointParameters parameters)
    {
    }
}
