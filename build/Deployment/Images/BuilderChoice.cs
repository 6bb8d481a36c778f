using Slipway.Deployment.Reporting;

namespace Slipway.Deployment.Images;

/// <summary>Whether a Docker Engine can be used.</summary>
/// <param name="Answers">Whether it answers.</param>
/// <param name="Words">Its version, or why it does not: "engine 28.2.2", "no 'docker' on PATH".</param>
public sealed record EngineState(bool Answers, string Words);

/// <summary>Chooses what builds: what was asked for, else docker where an engine answers, else the SDK.</summary>
public static class BuilderChoice
{
    /// <summary>Says which and why. Docker that was asked for and does not answer is a <see cref="SlipwayException"/>.</summary>
    /// <param name="kind">What was asked for.</param>
    /// <param name="docker">Builds with an engine.</param>
    /// <param name="sdk">Builds without.</param>
    /// <param name="probe">Asks the engine; not called where the SDK was asked for.</param>
    /// <param name="report">Tells a person.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public static async Task<IImageBuilder> MakeAsync(
        ImageBuilderKind kind, IImageBuilder docker, IImageBuilder sdk, Func<CancellationToken, Task<EngineState>> probe, IReport report,
        CancellationToken cancellationToken)
    {
        if (kind == ImageBuilderKind.Sdk)
            return sdk;
        var engine = await probe(cancellationToken);
        if (engine.Answers)
        {
            report.Detail($"Builder: docker ({engine.Words}).");
            return docker;
        }

        if (kind == ImageBuilderKind.Docker)
        {
            throw new SlipwayException(
                ExitCode.PreconditionFailed, $"--builder=docker was asked for, but no Docker Engine answers: {engine.Words}.",
                "start the engine, or build without one: --builder=sdk");
        }

        report.Fact($"Builder: the .NET SDK, as no Docker Engine answers ({engine.Words}).");
        return sdk;
    }
}
