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
        var lifetime = CredentialLifetime.Of(answer.Value!.Session, settings.LongestDeployment, time.GetUtcNow());
        return new CheckNode(Name, lifetime.HasEnded ? CheckState.Ng : CheckState.Ok, lifetime.Sentence, lifetime.Remedy);
    }
}
