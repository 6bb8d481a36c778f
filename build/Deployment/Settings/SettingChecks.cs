using Slipway.Deployment.Images;
using Slipway.Deployment.Rollouts.Smoke;

namespace Slipway.Deployment.Settings;

/// <summary>What values must be, beyond their kind. Each check hands its value on, or adds a problem.</summary>
internal sealed class SettingChecks(List<SettingsProblem> problems)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(24);

    public Setting<string>? Region(Setting<string>? value) =>
        Is(value, SettingFormats.IsRegion, "is no AWS region.", "Give a region's system name, like us-east-1.");

    public Setting<string>? AccountId(Setting<string>? value) =>
        Is(value, SettingFormats.IsAccountId, "is no AWS account id.", "Give its twelve digits, as a string where it is in a file.");

    public Setting<string>? EcsName(Setting<string>? value, string what) =>
        Is(value, SettingFormats.IsEcsName, $"is no {what}'s name.", value?.Value.StartsWith("arn:", StringComparison.Ordinal) == true
            ? $"Give the name alone: '{ResourceName.Of(value.Value)}'."
            : "Use letters, digits, '-' and '_', at most 255.");

    public Setting<string>? Repository(Setting<string>? value)
    {
        if (value is null || !ImageReference.TryParse(value.Value, out var reference) || reference.Host is null)
            return Is(value, SettingFormats.IsRepositoryName, "is no ECR repository's name.",
                "Use lower case letters and digits, with '.', '_', '-' or '/' between them.");
        return Refuse(value, "is an image's address, not a repository's name.", $"Give the name alone: '{reference.Name}'.");
    }

    public void Cluster(Setting<string>? value, Setting<string>? region, Setting<string>? account)
    {
        if (value is null || SettingFormats.IsEcsName(value.Value))
            return;
        var arn = SettingFormats.ClusterArn(value.Value);
        if (!arn.Success)
            Refuse(value, "is no cluster's name or ARN.", "Use letters, digits, '-' and '_', or the ARN as ECS shows it.");
        else if (region is not null && arn.Groups["region"].Value != region.Value)
            Refuse(value, $"is in another region than '{region.Value}' ({region.Origin}).", "Make both the same.");
        else if (account is not null && arn.Groups["account"].Value != account.Value)
            Refuse(value, $"is in another account than '{account.Value}' ({account.Origin}).", "Make both the same.");
    }

    public Setting<string>? Image(Setting<string>? value)
    {
        if (value is null)
            return null;
        if (!ImageReference.TryParse(value.Value, out var reference))
            return Refuse(value, "is no image's address.", "Give it as host/name:tag or host/name@sha256:….");
        return reference.Tag is null && reference.Digest is null
            ? Refuse(value, "names neither tag nor digest.", $"Add one: {value.Value}:<tag> or {value.Value}@sha256:<digest>.")
            : value;
    }

    public Setting<string>? BaseImage(Setting<string>? value) =>
        Is(value, IsImage, "is no image's address.", "Give it like mcr.microsoft.com/dotnet/aspnet:10.0.");

    public Setting<string>? ImageTag(Setting<string>? value) =>
        Is(value, SettingFormats.IsImageTag, "is no image tag.",
            "Use letters, digits, '_', '.' and '-', not first '.' or '-', at most 128.");

    public Setting<string>? InRepository(Setting<string>? value) => value is null ? null
        : SettingFormats.RepositoryPath(value.Value) is { } path ? value with { Value = path }
        : Refuse(value, "is no path inside the repository.", "Give it relative to the repository root, without '..' that leaves it.");

    public IReadOnlyList<string> AllInRepository(IReadOnlyList<Setting<string>> values) =>
        [.. values.Select(InRepository).OfType<Setting<string>>().Select(v => v.Value)];

    public Setting<TimeSpan>? Timeout(Setting<TimeSpan>? value)
    {
        if (value is null || (value.Value >= TimeSpan.FromSeconds(1) && value.Value <= LongestWait))
            return value;
        problems.Add(
            new SettingsProblem(
                value.Origin, $"'{DurationText.Format(value.Value)}' is out of bounds for a timeout.", "Give a duration from 1s to 24h."));
        return null;
    }

    /// <summary>Not quoted where it is none: it may hold a password.</summary>
    public Uri? Url(Setting<string>? value)
    {
        if (value is null) return null;
        var url = SmokeUrl.Read(value.Value);
        if (url is null) problems.Add(new SettingsProblem(value.Origin, "is no http or https URL.", "Write it like https://host/path."));
        return url;
    }

    public void Distinct(Setting<int>? port, Setting<int>? frontDoor)
    {
        if (port is not null && port.Value == frontDoor?.Value)
            problems.Add(
                new SettingsProblem(
                    frontDoor.Origin, $"the embedded cloud and its load balancer cannot both listen on {port.Value}.",
                    "Give them two ports."));
    }

    private static bool IsImage(string text) => ImageReference.TryParse(text, out _);

    private Setting<string>? Is(Setting<string>? value, Func<string, bool> valid, string message, string remedy) =>
        value is null || valid(value.Value) ? value : Refuse(value, message, remedy);

    private Setting<string>? Refuse(Setting<string> value, string message, string remedy)
    {
        problems.Add(new SettingsProblem(value.Origin, $"'{value.Value}' {message}", remedy));
        return null;
    }
}
