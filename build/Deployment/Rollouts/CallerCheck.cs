using Slipway.Deployment.Reporting;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Rollouts;

/// <summary>Asks, before the first change, whose the credentials are and whether they last.</summary>
public sealed class CallerCheck(DeploymentSettings settings, ICallerIdentity identity, IReport report, TimeProvider time)
{
    // What STS gives a role session where nobody asks for more.
    private static readonly TimeSpan DefaultSession = TimeSpan.FromHours(1);

    /// <summary>The caller. Another account's is a <see cref="SlipwayException"/>, and so are credentials that have ended.</summary>
    /// <param name="longest">How long the work may take by its timeouts; credentials that end earlier are a warning.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<Caller> CheckAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        var caller = await identity.GetAsync(cancellationToken);
        if (settings.AccountId is { } pinned && pinned != caller.AccountId)
        {
            throw new SlipwayException(
                ExitCode.PreconditionFailed,
                $"The credentials belong to account {caller.AccountId} ('{caller.Arn}'), but environment '{settings.Environment}' to account {pinned}.",
                $"use credentials of account {pinned}, or another --environment");
        }

        if (caller.Session is { } session) CheckLifetime(session, longest);
        return caller;
    }

    private void CheckLifetime(CredentialSession session, TimeSpan longest)
    {
        var allowed = DurationText.Format(longest);
        if (session.ExpiresAt is not { } end)
        {
            if (longest >= DefaultSession)
            {
                report.Warning(
                    $"The credentials are temporary, cannot be renewed by this run, and do not tell when they end; a role session lasts one hour unless "
                    + $"more is asked for, and the timeouts allow for {allowed}. Try: ask for a longer session, or give a shorter --timeout.");
            }

            return;
        }

        var left = end - time.GetUtcNow();
        if (left <= TimeSpan.Zero)
        {
            throw new SlipwayException(
                ExitCode.PreconditionFailed, FormattableString.Invariant($"The credentials ended at {end:yyyy-MM-dd HH:mm:ss} UTC."),
                "get new ones (aws sso login, a new AWS_SESSION_TOKEN with its AWS_CREDENTIAL_EXPIRATION) and run again");
        }

        if (left >= longest) return;
        report.Warning(FormattableString.Invariant(
            $"The credentials end at {end:HH:mm:ss} UTC, in {left.TotalMinutes:0} min, and cannot be renewed by this run; the timeouts allow for {allowed}. ")
            + "A wait that outlives them fails, while the deployment goes on in ECS. Try: get credentials that last longer, or give a shorter --timeout.");
    }
}
