using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Slipway.LocalCloud.Protocol;

/// <summary>Who signs with a key.</summary>
/// <param name="SecretAccessKey">What the signature is checked with.</param>
/// <param name="SessionToken">What must come with the request; null for a user's own key.</param>
/// <param name="Arn">As GetCallerIdentity tells it.</param>
/// <param name="UserId">As GetCallerIdentity tells it.</param>
/// <param name="ExpiresAt">When a role's session ends; null for a user's own key.</param>
internal sealed record Identity(string AccessKeyId, string SecretAccessKey, string? SessionToken, string Arn, string UserId, DateTimeOffset? ExpiresAt);

/// <summary>The account's one user and the sessions of the roles that it assumed. Sessions end with the process.</summary>
internal sealed class Identities(TimeProvider time)
{
    private const int MostSessions = 1000;

    // So long a session that has ended is still told as such, and not as a key that nobody knows.
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Identity> sessions = new(StringComparer.Ordinal);

    /// <summary>The user whose keys are in <see cref="Account"/>.</summary>
    public static Identity User { get; } = new(Account.AccessKeyId, Account.SecretAccessKey, null, Account.UserArn, Account.UserId, null);

    /// <summary>Null where there is no such key; its session may have ended.</summary>
    public Identity? Find(string accessKeyId) => accessKeyId == Account.AccessKeyId ? User : sessions.GetValueOrDefault(accessKeyId);

    /// <summary>Opens a session of a role.</summary>
    public Identity Assume(string roleName, string sessionName, TimeSpan duration)
    {
        var now = time.GetUtcNow();
        foreach (var ended in sessions.Values.Where(session => session.ExpiresAt <= now - Remembered)) sessions.TryRemove(ended.AccessKeyId, out _);
        if (sessions.Count >= MostSessions) throw new ApiException("Throttling", "Rate exceeded");

        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var session = new Identity(
            $"ASIA{RandomNumberGenerator.GetString(Letters, 16)}",
            Convert.ToBase64String(RandomNumberGenerator.GetBytes(30)),
            Convert.ToBase64String(RandomNumberGenerator.GetBytes(96)),
            $"arn:aws:sts::{Account.Id}:assumed-role/{roleName}/{sessionName}",
            $"AROALOCALCLOUDROLE01:{sessionName}",
            now + duration);
        sessions[session.AccessKeyId] = session;
        return session;
    }
}
