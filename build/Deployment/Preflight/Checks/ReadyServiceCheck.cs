using Slipway.Deployment.Rollouts;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Preflight.Checks;

/// <summary>Whether the service takes a deployment that can be followed, by the one request that DeployEcs makes for it.</summary>
internal sealed class ReadyServiceCheck(DeploymentSettings settings, CloudFacts facts) : ICheck
{
    public string Name => "service";

    public async Task<CheckNode> RunAsync(CancellationToken cancellationToken)
    {
        var answer = await facts.Service.AskAsync(cancellationToken);
        if (!answer.HasValue) return await new PatientCheck<ServiceState?>(Name, facts.Service).RunAsync(cancellationToken);
        var refusal = ServicePreconditions.Absence(answer.Value, settings)
            ?? ServicePreconditions.Draining(answer.Value!, settings) ?? ServicePreconditions.OtherController(answer.Value!, settings);
        return refusal is null ? CheckNode.Ok(Name, "takes deployments") : CheckNode.Ng(Name, refusal.Message, refusal.Remedy);
    }
}
