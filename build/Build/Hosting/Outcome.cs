using Slipway.Deployment;

namespace Slipway.Build.Hosting;

/// <summary>
/// How the run ended. Frosting returns -1 for every failure; the teardown leaves the exception here, and
/// <see cref="Program"/> makes an exit code of it.
/// </summary>
public sealed class Outcome
{
    /// <summary>What ended the run; null where nothing did.</summary>
    public Exception? Error { get; set; }

    /// <summary>How a run ends that nothing ended early: a plan may have an answer other than "done".</summary>
    public ExitCode ExitCode { get; set; } = ExitCode.Done;

    /// <summary>The target that was running.</summary>
    public string? Target { get; set; }

    /// <summary>Whether a deployment has begun: from then on a signal is answered by the wait, which says, or does, what becomes of it.</summary>
    public bool HasBegunDeployment { get; set; }
}
