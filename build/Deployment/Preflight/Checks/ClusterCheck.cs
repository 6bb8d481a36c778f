using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Preflight.Checks;

/// <summary>Whether the cluster is there and takes services.</summary>
internal sealed class ClusterCheck(DeploymentSettings settings, CloudFacts facts) : ICheck
{
    public string Name => "cluster";

    public async Task<CheckNode> RunAsync(CancellationToken cancellationToken)
    {
        var answer = await facts.Cluster.AskAsync(cancellationToken);
        if (!answer.HasValue) return answer.Explain(Name, isNeeded: false);
        return answer.Value switch
        {
            null => CheckNode.Ng(
                Name, $"Cluster '{settings.Cluster}' does not exist in region {settings.Region}.",
                "correct the settings 'cluster' and 'region' (--target=Settings shows where they come from), or create the cluster"),
            { Status: "INACTIVE" } => CheckNode.Ng(
                Name, $"Cluster '{settings.Cluster}' has been deleted (status INACTIVE).", "create it again, or correct the setting 'cluster'"),
            { Status: not "ACTIVE" } cluster => CheckNode.Ng(
                Name, $"Cluster '{settings.Cluster}' is not ACTIVE (status {cluster.Status}).", "wait until it is, or look at it in the console"),
            _ => CheckNode.Ok(Name, $"'{settings.Cluster}' is ACTIVE"),
        };
    }
}
