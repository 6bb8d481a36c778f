namespace Slipway.Deployment.Processes;

/// <summary>
/// The environment of <c>dotnet</c> processes: no chatter, nothing left running, no AWS secret, and nothing of the GitHub job: the code under test or
/// in the image is no step of it, and must not get its tokens.
/// </summary>
public static class DotNetEnvironment
{
    private static readonly string[] JobPrefixes = ["GITHUB_", "ACTIONS_"];

    /// <summary>What to set, and with null what to take away from the variables of this process.</summary>
    public static IReadOnlyDictionary<string, string?> Variables => new Dictionary<string, string?>(
        Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => JobPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            .Select(name => KeyValuePair.Create<string, string?>(name, null)))
    {
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["MSBUILDTERMINALLOGGER"] = "off",
        ["AWS_ACCESS_KEY_ID"] = null,
        ["AWS_SECRET_ACCESS_KEY"] = null,
        ["AWS_SESSION_TOKEN"] = null,
    };
}
