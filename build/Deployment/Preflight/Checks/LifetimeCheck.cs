using Slipway.Deployment.Rollouts;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Preflight.Checks;

/// <summary>Whether the credentials last as long as the timeouts allow a run to take.</summary>
internal sealed class LifetimeCheck(DeploymentSettings settings, CloudFacts facts, TimeProvider time) : ICheck
{
    public string Name => "credentials";

    public async Task<CheckNode> RunAsync(CancellationToken cancellationToken)
    {
        var answer = await facts.Caller.AskAsync(cancellationToken);
        if (!answer.HasValue) return CheckNode.Skip(Name, "because the caller is not known");
        var longest = settings.OneOffTask.IsGate ? settings.Timeout + settings.OneOffTask.Timeout : settings.Timeout;
        var lifetime = CredentialLifetime.Of(answer.Value!.Session, longest, time.GetUtcNow());
        return new CheckNode(Name, lifetime.HasEnded ? CheckState.Ng : CheckState.Ok, lifetime.Sentence, lifetime.Remedy);
    }
}
