using Slipway.Deployment.Rollouts;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Preflight.Checks;

/// <summary>Whether the task definition's family is there; a first deployment begins it.</summary>
internal sealed class FamilyCheck(DeploymentSettings settings, CloudFacts facts) : ICheck
{
    public string Name => "family";

    public async Task<CheckNode> RunAsync(CancellationToken cancellationToken)
    {
        var answer = await facts.Family.AskAsync(cancellationToken);
        if (!answer.HasValue) return answer.Explain(Name, isNeeded: true);
        var family = facts.Definition.Known!.Document.Family;
        var service = (await facts.Service.AskAsync(cancellationToken)).Value;
        var live = ServicePreconditions.Absence(service, settings) is null ? ResourceName.FamilyOf(service!.TaskDefinitionArn) : null;
        var other = live is null or "" || live == family ? "" : $"; the service runs the family '{live}' now";
        return answer.Value is { } latest
            ? CheckNode.Ok(Name, $"'{family}' is there: the latest revision is '{ResourceName.Of(latest.Arn)}'{other}")
            : CheckNode.Ok(Name, $"'{family}' has no active revision: the next deployment registers the first{other}") with
            {
                Remedy = other.Length == 0 ? null : "correct 'family' in the task definition, where the change of the family is not meant",
            };
    }
}
