using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Tests.Support;

/// <summary>Sources of settings: "--name=value" arguments, "NAME=value" variables, files in memory.</summary>
internal static class Sources
{
    public static SettingsSources Of(string[] arguments, string[]? variables = null, FakeEnvironmentFiles? files = null)
    {
        var environment = (variables ?? []).Select(v => v.Split('=', 2)).ToDictionary(v => v[0], v => v[1], StringComparer.Ordinal);
        return new SettingsSources
        {
            CommandLine = arguments
                .Select(a => a[2..].Split('=', 2))
                .GroupBy(a => a[0], StringComparer.OrdinalIgnoreCase)
                .ToDictionary(
                    g => g.Key, g =>
                        (IReadOnlyList<string>)[.. g.Select(a => a.Length == 2 ? a[1] : "")], StringComparer.OrdinalIgnoreCase),
            Variable = name => environment.GetValueOrDefault(name),
            Files = files ?? new FakeEnvironmentFiles(),
            MachinePlatform = "linux/arm64",
        };
    }

    public static FakeEnvironmentFiles FilesWith(string name, string text)
    {
        var files = new FakeEnvironmentFiles();
        files.Texts[name] = text;
        return files;
    }
}
