using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Slipway.Deployment.Aws;

/// <summary>
/// The clients that may only read. Every client of the process has the handler, and it acts on those whose configuration is marked: the
/// clients that the SDK makes for itself, to get credentials, go their own way.
/// </summary>
internal static class ReadOnlyClients
{
    private static readonly ConditionalWeakTable<IClientConfig, object> Marked = [];

    public static void Install() => RuntimePipelineCustomizerRegistry.Instance.Register(new Customizer());

    public static void Mark(IClientConfig config) => Marked.AddOrUpdate(config, Marked);

    public static bool Contains(IClientConfig config) => Marked.TryGetValue(config, out _);

    private sealed class Customizer : IRuntimePipelineCustomizer
    {
        public string UniqueName => "Slipway.ReadOnly";

        public void Customize(Type serviceClientType, RuntimePipeline pipeline) => pipeline.AddHandler(new ReadOnlyHandler());
    }
}
