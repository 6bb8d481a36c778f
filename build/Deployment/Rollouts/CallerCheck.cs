using Slipway.Deployment.Reporting;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Rollouts;

/// <summary>Asks, before the first change, whose the credentials are and whether they last.</summary>
public sealed class CallerCheck(DeploymentSettings settings, ICallerIdentity identity, IReport report, TimeProvider time)
{
    /// <summary>The caller. Another account's is a <see cref="SlipwayException"/>, and so are credentials that have ended.</summary>
    /// <param name="longest">How long the work may take by its timeouts; credentials that end earlier are a warning.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<Caller> CheckAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        var caller = await identity.GetAsync(cancellationToken);
        if (OtherAccount(settings, caller) is { } refusal) throw refusal;
        var lifetime = CredentialLifetime.Of(caller.Session, longest, time.GetUtcNow());
        if (lifetime.HasEnded) throw new SlipwayException(ExitCode.PreconditionFailed, lifetime.Sentence, lifetime.Remedy);
        if (lifetime.Remedy is not null) report.Warning($"{lifetime.Sentence} Try: {lifetime.Remedy}.");
        return caller;
    }

    /// <summary>Why a caller is refused; null where the environment is theirs, or anybody's.</summary>
    internal static SlipwayException? OtherAccount(DeploymentSettings settings, Caller caller) =>
        settings.AccountId is { } pinned && pinned != caller.AccountId
            ? new SlipwayException(
                ExitCode.PreconditionFailed,
                $"The credentials belong to account {caller.AccountId} ('{caller.Arn}'), but environment '{settings.Environment}' to account {pinned}.",
                $"use credentials of account {pinned}, or another --environment")
            : null;
}
