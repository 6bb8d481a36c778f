using Slipway.Deployment.Images;
using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.Preflight.Checks;

/// <summary>Whether the account uses the region, and whether all that was found is in it.</summary>
internal sealed class RegionCheck(DeploymentSettings settings, CloudFacts facts) : ICheck
{
    public string Name => "region";

    public async Task<CheckNode> RunAsync(CancellationToken cancellationToken)
    {
        var repository = await facts.Repository.AskAsync(cancellationToken);
        var cluster = await facts.Cluster.AskAsync(cancellationToken);
        var service = await facts.Service.AskAsync(cancellationToken);
        var strangers = new[]
        {
            Stranger("repository", repository.Value?.Uri, RegionOfRepository(repository.Value?.Uri)),
            Stranger("cluster", cluster.Value?.Arn, RegionOf(cluster.Value?.Arn)),
            Stranger("service", service.Value?.Arn, RegionOf(service.Value?.Arn)),
        }.OfType<string>().ToList();
        if (strangers.Count > 0)
        {
            return CheckNode.Ng(
                Name, $"The region is {settings.Region}, but {string.Join(", and ", strangers)}.", "correct --region (AWS_REGION), or the names of what is deployed to");
        }

        return Status(await facts.RegionStatus.AskAsync(cancellationToken));
    }

    private CheckNode Status(Answer<string?> status) => status switch
    {
        { HasValue: true, Value: null } => CheckNode.Ng(Name, $"AWS has no region '{settings.Region}'.", "correct --region (AWS_REGION)"),
        { HasValue: true, Value: "not-opted-in" } => CheckNode.Ng(
            Name, $"The account does not use region {settings.Region}.", "enable it (Billing and Account, AWS Regions), or correct --region (AWS_REGION)"),
        { HasValue: true } => CheckNode.Ok(Name, $"{settings.Region}, which the account uses"),
        { Because: not null } => status.Explain(Name, isNeeded: false),
        _ => CheckNode.Ok(Name, $"{settings.Region}; whether the account uses it is told by ec2:DescribeRegions only"),
    };

    private string? Stranger(string what, string? id, string? region) =>
        region is null || region == settings.Region ? null : $"the {what} '{id}' is in {region}";

    private static string? RegionOf(string? arn) => Arn.TryParse(arn, out var read) && read.Region.Length > 0 ? read.Region : null;

    private static string? RegionOfRepository(string? uri) =>
        uri is not null && ImageReference.TryParse(uri, out var address) ? EcrHost.Parse(address.Host)?.Region : null;
}
