using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace Amazon.JsonProtocol;

/// <summary>Turns an answer into a response object, or into the service's exception.</summary>
internal sealed class JsonResponseReader<TResponse>(JsonService service, string operation) : JsonResponseUnmarshaller
    where TResponse : AmazonWebServiceResponse, new()
{
    // Some operations answer 200 without a body.
    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input) =>
        AwsJson.Read<TResponse>(input.Stream) ?? new TResponse();

    public override AmazonServiceException UnmarshallException(JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var reader = new StreamingUtf8JsonReader(input.Stream);
        var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader);
        return service.Error(operation, error.Code)(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode);
    }
}
