namespace Slipway.Deployment.Services;

/// <summary>Who the cloud says we are.</summary>
/// <param name="AccountId">Twelve digits.</param>
/// <param name="Arn">The user or role session.</param>
public sealed record Caller(string AccountId, string Arn);

/// <summary>Asks the cloud who the credentials belong to.</summary>
public interface ICallerIdentity
{
    /// <summary>The caller; missing or refused credentials are a <see cref="SlipwayException"/> with remedy.</summary>
    Task<Caller> GetAsync(CancellationToken cancellationToken);
}
