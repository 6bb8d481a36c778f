namespace Slipway.ModelGenerator;

/// <summary>One service: the names upstream's package uses and the operations that are kept.</summary>
/// <param name="Model">File name in build/models without extension.</param>
/// <param name="Package">Assembly, package and folder name.</param>
/// <param name="Namespace">Root namespace of the public types.</param>
/// <param name="Client">What upstream puts before "Client", "Config" and "Exception".</param>
/// <param name="Endpoints">C# that makes the ServiceEndpoints, after the service's endpoint rule set.</param>
/// <param name="Operations">The operations that the pipeline, its tests and LocalCloud use.</param>
internal sealed record ServiceDefinition(
    string Model,
    string Package,
    string Namespace,
    string Client,
    string Endpoints,
    IReadOnlyList<string> Operations)
{
    /// <summary>"Shape.member" of the numbers that upstream's customisations show as times.</summary>
    public IReadOnlySet<string> Milliseconds { get; init; } = new HashSet<string>();
}
