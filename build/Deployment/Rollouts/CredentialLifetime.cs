using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Rollouts;

/// <summary>Whether credentials last as long as a run may take. Pure.</summary>
/// <param name="Sentence">What is known of their end.</param>
/// <param name="Remedy">What to try where they may end too early; null where they last.</param>
/// <param name="HasEnded">Whether they have ended already.</param>
internal sealed record CredentialLifetime(string Sentence, string? Remedy = null, bool HasEnded = false)
{
    // What STS gives a role session where nobody asks for more.
    private static readonly TimeSpan DefaultSession = TimeSpan.FromHours(1);

    /// <summary>Judges a session.</summary>
    /// <param name="session">Null for credentials that do not end, or are renewed.</param>
    /// <param name="longest">How long the work may take by its timeouts.</param>
    /// <param name="now">By this machine's clock.</param>
    public static CredentialLifetime Of(CredentialSession? session, TimeSpan longest, DateTimeOffset now)
    {
        if (session is null) return new("The credentials do not end, or are renewed while a run lasts.");
        var allowed = DurationText.Format(longest);
        if (session.ExpiresAt is not { } end)
        {
            return longest < DefaultSession
                ? new("The credentials are temporary, and do not tell when they end; a role session lasts one hour unless more is asked for.")
                : new(
                    "The credentials are temporary, cannot be renewed by this run, and do not tell when they end; a role session lasts one hour unless "
                    + $"more is asked for, and the timeouts allow for {allowed}.",
                    "ask for a longer session, or give a shorter --timeout");
        }

        var left = end - now;
        if (left <= TimeSpan.Zero)
        {
            return new(
                FormattableString.Invariant($"The credentials ended at {end:yyyy-MM-dd HH:mm:ss} UTC."),
                "get new ones (aws sso login, a new AWS_SESSION_TOKEN with its AWS_CREDENTIAL_EXPIRATION) and run again", HasEnded: true);
        }

        var until = FormattableString.Invariant($"The credentials end at {end:HH:mm:ss} UTC, in {left.TotalMinutes:0} min");
        return left >= longest
            ? new($"{until}; the timeouts allow for {allowed}.")
            : new(
                $"{until}, and cannot be renewed by this run; the timeouts allow for {allowed}. "
                + "A wait that outlives them fails, while the deployment goes on in ECS.",
                "get credentials that last longer, or give a shorter --timeout");
    }
}
