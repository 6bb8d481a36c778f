using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Preflight.Checks;

/// <summary>
/// The variables that the workflow passes to this program. A job cannot tell a variable from a secret, nor a secret that does not exist
/// from an empty one: what can be told is what is empty. Pure; no value is shown.
/// </summary>
internal static class WorkflowVariables
{
    private const string Remedy =
        "add it to the variables or secrets of the repository, or of the GitHub environment that the job names, and pass it under 'env' in the workflow";

    private static readonly string[] Keys = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
    private static readonly string[] OtherWays =
        ["AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"];

    private static readonly SettingOption[] Options =
        [SettingsOptions.Region, SettingsOptions.Repository, SettingsOptions.Cluster, SettingsOptions.Service];

    public static CheckNode Of(SettingsResult result, Func<string, string?> variable)
    {
        const string Name = "workflow variables";
        if (variable("GITHUB_ACTIONS") != "true") return CheckNode.Skip(Name, "this is no GitHub Actions job");
        if (result.Settings?.LocalCloud is not null) return CheckNode.Skip(Name, "the embedded cloud needs none");
        return CheckNode.Group(Name, [Credentials(variable), .. Options.Select(option => Option(option, result.Settings, variable))]);
    }

    private static CheckNode Credentials(Func<string, string?> variable)
    {
        const string Name = "credentials";
        var keys = Keys.Where(key => IsSet(variable, key)).ToList();
        if (keys.Count == 1)
        {
            return CheckNode.Ng(Name, $"{keys[0]} is set, and {Keys.Single(key => key != keys[0])} is empty.", Remedy);
        }

        if (IsSet(variable, "AWS_ROLE_ARN")) return CheckNode.Ok(Name, "AWS_ROLE_ARN is set");
        if (keys.Count == 2) return CheckNode.Ok(Name, $"{string.Join(" and ", keys)} are set");
        return OtherWays.FirstOrDefault(way => IsSet(variable, way)) is { } found
            ? CheckNode.Ok(Name, $"{found} is set")
            : CheckNode.Ng(
                Name, "AWS_ROLE_ARN is empty, and so are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
                "set AWS_ROLE_ARN, with 'id-token: write' under the job's permissions; a job sees a GitHub environment's values only where it names that environment");
    }

    private static CheckNode Option(SettingOption option, DeploymentSettings? settings, Func<string, string?> variable)
    {
        var name = option.Variables[0];
        if (option.Variables.FirstOrDefault(candidate => IsSet(variable, candidate)) is { } set) return CheckNode.Ok(name, $"{set} is set");
        var known = settings?.Values.FirstOrDefault(value => value.Name == option.Name);
        return known is { Value: not null }
            ? CheckNode.Ok(name, $"is empty; '{known.Value}' comes from {known.Origin}")
            : CheckNode.Ng(name, $"{name} is empty.", Remedy);
    }

    private static bool IsSet(Func<string, string?> variable, string name) => !string.IsNullOrWhiteSpace(variable(name));
}
