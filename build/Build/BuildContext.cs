using Cake.Core;
using Cake.Frosting;
using Slipway.Build.Hosting;
using Slipway.Build.Output;
using Slipway.Deployment.Settings;

namespace Slipway.Build;

/// <summary>
/// What a target's body sees. Constructed in every mode, <c>--tree</c> included, so that its constructor does nothing:
/// settings are read, and clients made, when somebody asks for them.
/// </summary>
public sealed class BuildContext(
    ICakeContext context, Pipeline pipeline, ConsoleReport report, RepositoryRoot root, CommandLine commandLine, Cancellation cancellation)
    : FrostingContext(context)
{
    /// <summary>The collaborators.</summary>
    public Pipeline Pipeline { get; } = pipeline;

    /// <summary>Every setting of this run; settings that are not valid are a <see cref="Deployment.SlipwayException"/>.</summary>
    public DeploymentSettings Settings => Pipeline.Settings;

    /// <summary>Where a person reads what happens.</summary>
    public ConsoleReport Report { get; } = report;

    /// <summary>The repository's root folder.</summary>
    public RepositoryRoot Root { get; } = root;

    /// <summary>What was asked for.</summary>
    public CommandLine CommandLine { get; } = commandLine;

    /// <summary>Cancelled by Ctrl-C and SIGTERM.</summary>
    public CancellationToken CancellationToken { get; } = cancellation.Token;
}
