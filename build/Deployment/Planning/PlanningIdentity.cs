using Slipway.Deployment.Services;

namespace Slipway.Deployment.Planning;

/// <summary>Asks who the caller is, and notes the request and the answer.</summary>
internal sealed class PlanningIdentity(ICallerIdentity inner, PlannedCalls calls) : ICallerIdentity
{
    /// <summary>The caller; null as long as it is not known.</summary>
    public Caller? Caller { get; private set; }

    /// <inheritdoc />
    public async Task<Caller> GetAsync(CancellationToken cancellationToken)
    {
        calls.Read("sts:GetCallerIdentity", "the account of the credentials");
        return Caller = await inner.GetAsync(cancellationToken);
    }
}
