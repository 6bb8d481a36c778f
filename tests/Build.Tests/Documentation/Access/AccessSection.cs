namespace Slipway.Build.Tests.Documentation.Access;

/// <summary>What keeps a run from AWS: credentials, region, network.</summary>
internal sealed class AccessSection : IPageSection
{
    public string Title => "Before a rollout: credentials, region and network";

    public string Introduction =>
        "Settings that contradict each other end a run before its first target; everything else here is told by the first call. Nothing has\n"
        + "changed yet. [credentials.md](credentials.md) says where credentials are looked for.";

    public async Task<IReadOnlyList<PageCase>> CasesAsync() =>
        [.. await CredentialCases.AllAsync(), .. await GitHubCases.AllAsync(), .. await RegionCases.AllAsync(), .. await NetworkCases.AllAsync()];
}
