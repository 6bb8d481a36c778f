using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Slipway.Deployment.Aws;

/// <summary>
/// The clients that send a call once and leave it to <see cref="AwsCall"/> to repeat it. Only a call that was refused for this machine's clock is
/// sent again by the client itself, which then knows the server's time.
/// </summary>
internal static class SingleAttempts
{
    private static readonly ConditionalWeakTable<IClientConfig, object> Marked = [];

    public static void Install() => RuntimePipelineCustomizerRegistry.Instance.Register(new Customizer());

    public static void Mark(IClientConfig config) => Marked.AddOrUpdate(config, Marked);

    private sealed class Customizer : IRuntimePipelineCustomizer
    {
        public string UniqueName => "Slipway.SingleAttempts";

        public void Customize(Type serviceClientType, RuntimePipeline pipeline)
        {
            var retries = pipeline.Handlers.OfType<RetryHandler>().FirstOrDefault()?.RetryPolicy.MaxRetries;
            if (retries is { } most) pipeline.ReplaceHandler<RetryHandler>(new RetryHandler(new Policy(most)));
        }
    }

    private sealed class Policy(int retries) : StandardRetryPolicy(retries)
    {
        public override bool RetryForException(IExecutionContext executionContext, Exception exception) =>
            !IsMarked(executionContext) && base.RetryForException(executionContext, exception);

        public override async Task<bool> RetryForExceptionAsync(IExecutionContext executionContext, Exception exception) =>
            !IsMarked(executionContext) && await base.RetryForExceptionAsync(executionContext, exception);

        private static bool IsMarked(IExecutionContext context) => Marked.TryGetValue(context.RequestContext.ClientConfig, out _);
    }
}
