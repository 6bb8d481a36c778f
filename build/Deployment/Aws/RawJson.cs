using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Slipway.Deployment.Aws;

/// <summary>
/// Sends a user's document as it is and keeps an answer as it came, through any client of an AWS JSON service. A typed request
/// would lose every field that the client's version does not know yet, and could spell numbers in another way.
/// </summary>
public static class RawJson
{
    private static readonly ConditionalWeakTable<AmazonWebServiceRequest, RawJsonExchange> Exchanges = [];

    /// <summary>Must run before the clients are built; clients that exist already are not reached. Safe to repeat.</summary>
    public static void Install() => RuntimePipelineCustomizerRegistry.Instance.Register(new Customizer());

    /// <summary>Keeps the answer's body when <paramref name="request"/> is sent.</summary>
    public static RawJsonExchange Attach(AmazonWebServiceRequest request) => Attach(request, new RawJsonExchange(null));

    /// <summary>Sends <paramref name="document"/> in place of what <paramref name="request"/> holds, and keeps the answer's body.</summary>
    /// <param name="request">Chooses the operation; its members are not sent.</param>
    /// <param name="document">A JSON object in UTF-8 without byte order mark, sent byte for byte with every attempt.</param>
    public static RawJsonExchange Attach(AmazonWebServiceRequest request, ReadOnlyMemory<byte> document) =>
        Attach(request, new RawJsonExchange(document));

    internal static RawJsonExchange? Find(IExecutionContext context) =>
        context.RequestContext.OriginalRequest is { } request && Exchanges.TryGetValue(request, out var exchange) ? exchange : null;

    private static RawJsonExchange Attach(AmazonWebServiceRequest request, RawJsonExchange exchange)
    {
        ArgumentNullException.ThrowIfNull(request);
        Exchanges.AddOrUpdate(request, exchange);
        return exchange;
    }

    private sealed class Customizer : IRuntimePipelineCustomizer
    {
        public string UniqueName => "Slipway.RawJson";

        public void Customize(Type serviceClientType, RuntimePipeline pipeline)
        {
            // After the marshaller means: once a call, before retry and signature, so that each attempt is signed over the document.
            pipeline.AddHandlerAfter<Marshaller>(new RawJsonRequestHandler());
            pipeline.AddHandlerAfter<Unmarshaller>(new RawJsonResponseHandler());
        }
    }
}
