using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Preflight.Checks;

/// <summary>What the settings say of themselves. Pure.</summary>
internal static class SettingsNodes
{
    public static IReadOnlyList<CheckNode> Of(SettingsResult result) => result.Settings is { } settings
        ? [CheckNode.Ok("settings", $"of environment '{settings.Environment}': none is refused (--target=Settings shows them)")]
        : [.. result.Problems.Select(problem => CheckNode.Ng(problem.Origin, problem.Message, Imperative(problem.Remedy)))];

    // Problems have whole sentences; a remedy of a node goes on behind "Try: ".
    private static string Imperative(string remedy) =>
        remedy.Length < 2 || char.IsUpper(remedy[1]) ? remedy.TrimEnd('.') : char.ToLowerInvariant(remedy[0]) + remedy[1..].TrimEnd('.');
}
