namespace Slipway.Deployment.Settings;

/// <summary>Decides which environment a run means.</summary>
internal static class EnvironmentChoice
{
    private const string OnALaptop = "local";

    /// <summary>The environment's name with its origin; null where there is a problem.</summary>
    public static Setting<string>? Make(SettingsSources sources, List<SettingsProblem> problems)
    {
        var named = new SettingLookup(sources, null, problems).Text(SettingsOptions.Environment, show: false);
        if (named is null && problems.Count > 0)
            return null;
        if (named is null && sources.NeedsEnvironment && sources.IsPipeline)
        {
            // A pipeline must never think that it deployed when it did not.
            problems.Add(new SettingsProblem(
                "--environment",
                $"no environment is named, and CI is set: '{sources.Target}' would have to guess where to deploy.",
                $"Name it: {string.Join("  or  ", Suggested(sources.Files).Select(name => BuildCommand.For(sources.Target, name)))}"));
            return null;
        }

        named ??= new Setting<string>(OnALaptop, "default");
        if (!SettingFormats.IsEnvironmentName(named.Value))
            problems.Add(
                new SettingsProblem(
                    named.Origin, $"'{named.Value}' is no environment's name.", $"Use a-z, 0-9 and '-'. {Existing(sources.Files)}"));
        else if (!sources.Files.Names.Contains(named.Value, StringComparer.Ordinal))
            problems.Add(
                new SettingsProblem(
                    named.Origin, $"there is no file '{sources.Files.PathOf(named.Value)}'.", NotThere(named.Value, sources.Files)));
        else
            return named;
        return null;
    }

    private static string NotThere(string name, IEnvironmentFiles files) =>
        Nearest.Find(name, files.Names) is { } near ? $"Did you mean '{near}'? {Existing(files)}" : Existing(files);

    private static string Existing(IEnvironmentFiles files) =>
        files.Names.Count == 0 ? $"Write '{files.PathOf(OnALaptop)}'." : $"There are: {string.Join(", ", files.Names)}.";

    // Local first, as it harms nobody.
    private static IEnumerable<string> Suggested(IEnvironmentFiles files) =>
        files.Names.Count == 0 ? [OnALaptop] : files.Names.OrderBy(name => name != OnALaptop).ThenBy(name => name, StringComparer.Ordinal);
}
