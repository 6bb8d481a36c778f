using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.JsonProtocol;

/// <summary>Turns a request object into the POST that AWS JSON 1.1 wants.</summary>
internal sealed class JsonRequestMarshaller(JsonService service, string operation) : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var content = new PooledContentStream();
        using (var writer = new Utf8JsonWriter(content.BufferWriter, AwsJson.WriterOptions))
        {
            AwsJson.Write(writer, input);
        }

        var request = new DefaultRequest(input, service.ServiceId)
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            ContentStream = content,
        };
        request.Headers["X-Amz-Target"] = $"{service.TargetPrefix}.{operation}";
        request.Headers["Content-Type"] = "application/x-amz-json-1.1";
        request.Headers["x-amz-api-version"] = service.ApiVersion;
        return request;
    }
}
