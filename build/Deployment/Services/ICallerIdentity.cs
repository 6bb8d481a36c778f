namespace Slipway.Deployment.Services;

/// <summary>Who the cloud says we are.</summary>
/// <param name="AccountId">Twelve digits.</param>
/// <param name="Arn">The user or role session.</param>
public sealed record Caller(string AccountId, string Arn)
{
    /// <summary>How long the credentials last; null for those that do not end, or that are renewed while the run lasts.</summary>
    public CredentialSession? Session { get; init; }
}

/// <summary>Temporary credentials that this run cannot renew.</summary>
/// <param name="ExpiresAt">When they end; null where they do not tell.</param>
public sealed record CredentialSession(DateTimeOffset? ExpiresAt);

/// <summary>Asks the cloud who the credentials belong to.</summary>
public interface ICallerIdentity
{
    /// <summary>The caller; missing or refused credentials are a <see cref="SlipwayException"/> with remedy.</summary>
    Task<Caller> GetAsync(CancellationToken cancellationToken);
}
