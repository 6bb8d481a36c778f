using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Slipway.Deployment.Aws;

/// <summary>Puts the attached document in the place of the marshalled request.</summary>
internal sealed class RawJsonRequestHandler : PipelineHandler
{
    public override void InvokeSync(IExecutionContext executionContext)
    {
        Replace(executionContext);
        base.InvokeSync(executionContext);
    }

    public override Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        Replace(executionContext);
        return base.InvokeAsync<T>(executionContext);
    }

    private static void Replace(IExecutionContext context)
    {
        if (RawJson.Find(context)?.Document is not { } document) return;
        var request = context.RequestContext.Request;
        request.ContentStream?.Dispose();
        request.ContentStream = new MemoryStream(document.ToArray(), writable: false);
    }
}
