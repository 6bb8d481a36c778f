using Slipway.Deployment.Services;

namespace Slipway.Deployment.Preflight.Checks;

/// <summary>Something about a service that is there.</summary>
/// <param name="name">A few words.</param>
/// <param name="facts">Has the service.</param>
/// <param name="judge">Judges it. Pure.</param>
internal sealed class ServiceFactCheck(string name, CloudFacts facts, Func<ServiceState, CheckNode> judge) : ICheck
{
    public string Name => name;

    public async Task<CheckNode> RunAsync(CancellationToken cancellationToken)
    {
        var answer = await facts.Service.AskAsync(cancellationToken);
        return answer is { HasValue: true, Value: { Status: not "INACTIVE" } service } ? judge(service) : CheckNode.Skip(Name, "because the service is not known");
    }
}
