using Slipway.Deployment.Settings.Access;

namespace Slipway.Deployment.Settings;

/// <summary>Every environment variable that a workflow may pass, because somebody reads it: the settings, the AWS SDK, this program, .NET.</summary>
public static class KnownVariables
{
    /// <summary>The names.</summary>
    public static IReadOnlySet<string> All { get; } = new HashSet<string>(
        [
            .. SettingsOptions.All.SelectMany(option => option.Variables),
            .. AwsVariables.OfSdk.Select(variable => variable.Name),
            NamesFromSecrets.Variable,
            "UpstreamPackages",
            "DOTNET_NOLOGO",
            "DOTNET_CLI_TELEMETRY_OPTOUT",
        ],
        StringComparer.Ordinal);
}
