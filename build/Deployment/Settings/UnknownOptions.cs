namespace Slipway.Deployment.Settings;

/// <summary>Refuses options that nobody reads: the engine alone would ignore a misspelt one.</summary>
public static class UnknownOptions
{
    /// <summary>One problem for each name that is not known, with the nearest known one.</summary>
    /// <param name="given">The names on the command line, without dashes.</param>
    /// <param name="known">Every name that the program understands: <see cref="SettingsOptions.All"/> and the host's own.</param>
    public static IReadOnlyList<SettingsProblem> Check(IEnumerable<string> given, IEnumerable<string> known)
    {
        var names = new HashSet<string>(known, StringComparer.OrdinalIgnoreCase);
        return
        [
            .. given.Where(name => !names.Contains(name)).Distinct(StringComparer.OrdinalIgnoreCase).Select(name => new SettingsProblem(
                $"--{name}",
                "there is no such option.",
                Nearest.Find(name, names) is { } near ? $"Did you mean --{near}?"
                    : "Run ./build.sh without arguments to see every option.")),
        ];
    }

    /// <summary>As <see cref="Check"/>, but throws a <see cref="SlipwayException"/> with all of them.</summary>
    public static void Refuse(IEnumerable<string> given, IEnumerable<string> known)
    {
        var problems = Check(given, known);
        if (problems.Count > 0)
            throw SettingsResult.Failure(problems);
    }
}
