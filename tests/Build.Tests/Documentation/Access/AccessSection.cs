using Amazon.Runtime;
using Slipway.Deployment.Aws;

namespace Slipway.Build.Tests.Documentation.Access;

/// <summary>What keeps a run from AWS: credentials, region, network.</summary>
internal sealed class AccessSection : IPageSection
{
    public string Title => "Before a rollout: credentials, region and network";

    public string Introduction =>
        "The first call of a run shows whose the credentials are. Nothing has changed yet when one of these is told; [credentials.md](credentials.md)\n"
        + "says where credentials are looked for.";

    public async Task<IReadOnlyList<PageCase>> CasesAsync() =>
    [
        await CaseAsync(
            "no-credentials", "No source of credentials gave any.",
            new AmazonClientException("Failed to resolve AWS credentials. The credential providers used to search for credentials returned the following errors:")),
    ];

    private static Task<PageCase> CaseAsync(string key, string explanation, Exception error) => ToldEnding.CaseAsync(
        key, explanation, "EcrLogin",
        () => throw new AwsErrors("us-east-1", null).Translate(new AwsOperation("sts:GetCallerIdentity", "get", "caller identity", "sts"), error));
}
