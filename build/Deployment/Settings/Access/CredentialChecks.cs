using System.Text.RegularExpressions;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.Settings.Access;

/// <summary>Whether the variables of credentials fit together: what is wrong, and what a person should know. Never quotes a key.</summary>
internal sealed partial class CredentialChecks(SettingsSources sources, List<SettingsProblem> problems)
{
    /// <summary>Adds what is wrong with keys and role.</summary>
    public void Check(Setting<string>? region, Setting<string>? account)
    {
        CheckKeys();
        if (sources.Meant(AwsVariables.TokenFile) is not null && sources.Meant(AwsVariables.RoleArn) is null)
            Add(AwsVariables.TokenFile, $"is set without {AwsVariables.RoleArn}: there is no role to ask for.", "Set both, or none.");
        if (sources.Meant(AwsVariables.RoleArn) is { } role) CheckRole(role, region, account);
    }

    /// <summary>What is no mistake and still worth a word; whether it is a warning.</summary>
    public IEnumerable<SettingsRemark> Remarks()
    {
        foreach (var name in AwsVariables.Untidy(sources.Variable))
        {
            yield return new SettingsRemark(
                $"{name} has blanks, a line end or quotes around its value, as a pasted secret often has: they are left out. Try: store it again without them.", true);
        }

        var source = CredentialSource.Of(sources.Meant);
        if (source.Kind == CredentialKind.Keys && sources.Meant("GITHUB_ACTIONS") == "true" && sources.Meant(AwsVariables.SessionToken) is null)
        {
            yield return new SettingsRemark(
                "This job uses long-lived keys. A role by OIDC is safer, as no secret is stored: set AWS_ROLE_ARN in their place (docs/credentials.md).", false);
        }

        if (sources.Meant(AwsVariables.RoleArn) is not null && source.RoleArn is null)
        {
            yield return new SettingsRemark(
                $"{AwsVariables.RoleArn} is set, but neither GitHub nor {AwsVariables.TokenFile} gives a token for it: it is not used, {source.Description} is.", true);
        }
    }

    private void CheckKeys()
    {
        var id = sources.Meant(AwsVariables.KeyId);
        var secret = sources.Meant(AwsVariables.Secret);
        const string Remedy = "Set both, or none. In GitHub Actions a secret that does not exist, or that a fork may not read, is empty.";
        if (id is null && secret is not null) Add(AwsVariables.KeyId, $"is not set, but {AwsVariables.Secret} is: that is half a credential.", Remedy);
        if (id is not null && secret is null) Add(AwsVariables.Secret, $"is not set, but {AwsVariables.KeyId} is: that is half a credential.", Remedy);
        if (id is null && secret is null && sources.Meant(AwsVariables.SessionToken) is not null)
        {
            Add(
                AwsVariables.SessionToken, $"is set without {AwsVariables.KeyId} and {AwsVariables.Secret}.",
                "Set all three, or none: a session token belongs to the keys that came with it.");
        }

        if (id is not null && !AccessKeyId().IsMatch(id))
            Add(AwsVariables.KeyId, "is no access key id: 16 to 128 letters and digits.", "Correct it; are id and secret swapped? (The value is not shown.)");
        foreach (var name in new[] { AwsVariables.Secret, AwsVariables.SessionToken })
        {
            if (sources.Meant(name)?.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter)) == true)
                Add(name, "has a blank or a line end in it.", "Store the value alone, on one line. (The value is not shown.)");
        }
    }

    private void CheckRole(string role, Setting<string>? region, Setting<string>? account)
    {
        if (sources.Meant(AwsVariables.KeyId) is not null
            && (CredentialSource.IsGitHub(sources.Meant) || sources.Meant(AwsVariables.TokenFile) is not null))
        {
            Add(
                AwsVariables.RoleArn, $"is set, and so is {AwsVariables.KeyId}: this run cannot know which of the two to use.",
                $"Keep one: {AwsVariables.RoleArn} (OIDC, safer), or {AwsVariables.KeyId} and {AwsVariables.Secret}.");
        }

        var arn = IamRole().Match(role);
        if (!arn.Success)
            Add(AwsVariables.RoleArn, $"'{Printable(role)}' is no role's ARN.", "Give it like arn:aws:iam::123456789012:role/github-deploy.");
        else if (account is not null && arn.Groups["account"].Value != account.Value)
            Add(AwsVariables.RoleArn, $"'{role}' is in another account than '{account.Value}' ({account.Origin}).", "Make both the same.");
        else if (region is not null && arn.Groups["partition"].Value != ArnChecks.PartitionOf(region.Value))
        {
            Add(
                AwsVariables.RoleArn,
                $"'{role}' is in partition '{arn.Groups["partition"].Value}', but region '{region.Value}' ({region.Origin}) in '{ArnChecks.PartitionOf(region.Value)}'.",
                "Make both the same.");
        }
    }

    private void Add(string origin, string message, string remedy) => problems.Add(new SettingsProblem(origin, message, remedy));

    private static string Printable(string text) => new([.. text.Take(200).Select(letter => char.IsControl(letter) ? '?' : letter)]);

    [GeneratedRegex(@"\A[A-Za-z0-9_]{16,128}\z")]
    private static partial Regex AccessKeyId();

    [GeneratedRegex(@"\Aarn:(?<partition>aws[a-z-]*):iam::(?<account>[0-9]{12}):role/([!-~]{1,510}/)?[A-Za-z0-9_+=,.@-]{1,64}\z", RegexOptions.ExplicitCapture)]
    private static partial Regex IamRole();
}
