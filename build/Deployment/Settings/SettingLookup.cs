using System.Globalization;

namespace Slipway.Deployment.Settings;

/// <summary>Finds the value of an option by precedence and reads it by its kind; what cannot be read becomes a problem.</summary>
internal sealed class SettingLookup(SettingsSources sources, EnvironmentFile? file, List<SettingsProblem> problems)
{
    private readonly Dictionary<string, SettingValue> _shown = new(StringComparer.Ordinal);

    /// <summary>Every setting that was asked for, in the order of the table.</summary>
    public IEnumerable<SettingValue> Shown => SettingsOptions.All.Where(o => _shown.ContainsKey(o.Name)).Select(o => _shown[o.Name]);

    /// <summary>Whether an origin is a place in the environment's file.</summary>
    public static bool IsFile(string origin) => origin.StartsWith("infra/", StringComparison.Ordinal);

    /// <summary>Where an option's value comes from.</summary>
    public string OriginOf(SettingOption option) => Find(option).Origin;

    /// <summary>Whether the environment lives on the embedded cloud.</summary>
    public bool IsLocal => file?.Values.ContainsKey(EnvironmentFile.LocalCloud) == true;

    public void Show(SettingOption option, Setting<string>? value) =>
        _shown[option.Name] = new SettingValue(option.Name, value?.Value, value?.Origin ?? "unset");

    /// <summary>A text, as it is.</summary>
    /// <param name="option">Which.</param>
    /// <param name="show">False where a secret may be in it: then it is neither shown nor quoted.</param>
    public Setting<string>? Text(SettingOption option, bool show = true)
    {
        var found = Single(option, show);
        if (found is null && option.Required && Find(option).Texts.Count == 0 && file?.Refused.Contains(option.JsonMember!) != true)
            problems.Add(new SettingsProblem($"--{option.Name}", "is not set.", Ways(option)));
        else if (found is not null && (found.Value.Any(char.IsControl) || found.Value != found.Value.Trim() || found.Value.Length > 2048))
            return Refuse<string>(
                found with { Value = Quotable(found.Value) }, "has blanks around it, control characters, or more than 2048 characters.",
                $"Give {Kind(option)}.", show);
        return found;
    }

    public Setting<string>? Choice(SettingOption option) => Single(option) is not { } found ? null
        : option.Choices.Contains(found.Value, StringComparer.Ordinal) ? found
        : Refuse<string>(
            found, $"is no {option.Name}.", NearestOf(option, found.Value));

    /// <summary>Some of the option's choices, each once, in the table's order; null where none is given.</summary>
    public Setting<IReadOnlyList<string>>? Choices(SettingOption option)
    {
        var given = List(option);
        if (given.Count == 0) return Find(option) is { Texts.Count: > 0 } empty ? Refuse<IReadOnlyList<string>>(new Setting<string>("", empty.Origin), "is empty.", Kind(option)) : null;
        var foreign = given.FirstOrDefault(item => !option.Choices.Contains(item.Value, StringComparer.Ordinal));
        return foreign is null
            ? new Setting<IReadOnlyList<string>>([.. option.Choices.Where(choice => given.Any(item => item.Value == choice))], given[0].Origin)
            : Refuse<IReadOnlyList<string>>(foreign, $"is no {option.Name}.", NearestOf(option, foreign.Value));
    }

    public Setting<bool>? Flag(SettingOption option) => Single(option) is not { } found ? null
        : found.Value.ToUpperInvariant() is "" or "TRUE" or "1" ? new Setting<bool>(true, found.Origin)
        : found.Value.ToUpperInvariant() is "FALSE" or "0" ? new Setting<bool>(false, found.Origin)
        : Refuse<bool>(found, "is neither true nor false.", $"Give --{option.Name} alone, or --{option.Name}=false.");

    public Setting<int>? Number(SettingOption option) => Single(option) is not { } found ? null
        : int.TryParse(found.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= option.Least
        && number <= option.Most
            ? new Setting<int>(number, found.Origin)
        : Refuse<int>(found, $"is no {option.Name}.", $"Give {Kind(option)}.");

    public Setting<TimeSpan>? Duration(SettingOption option) => Single(option) is not { } found ? null
        : DurationText.TryParse(found.Value, out var duration) ? new Setting<TimeSpan>(duration, found.Origin)
        : Refuse<TimeSpan>(found, "is no duration.", "Give numbers with units, like 90s, 20m or 1h30m.");

    /// <summary>The values by name: those of the file, then those of the command line, which replace entries of the same name.</summary>
    public IReadOnlyList<Setting<MapEntry>> Map(SettingOption option)
    {
        var entries = new MapReading(sources, file, problems).Read(option);
        var shown = string.Join(", ", entries.Select(entry => entry.Value.ToString()));
        var origins = entries.Select(entry => Shorten(entry.Origin)).Distinct(StringComparer.Ordinal);
        Show(option, entries.Count == 0 ? null : new Setting<string>(shown, string.Join(", ", origins)));
        if (option.Removal is { } removal) List(removal);
        return entries;
    }

    /// <summary>An array of a file, or the text of a JSON array; null where there is none.</summary>
    public Setting<IReadOnlyList<string>>? Arguments(SettingOption option)
    {
        var (texts, origin) = Find(option);
        var inFile = IsFile(origin);
        if (inFile || Single(option, show: false) is not { } text)
        {
            Show(option, inFile ? new Setting<string>(ArgumentText.Format(texts), Shorten(origin)) : null);
            return inFile ? new Setting<IReadOnlyList<string>>(texts, origin) : null;
        }

        Show(option, text);
        return ArgumentText.Parse(text.Value) is { } read ? new Setting<IReadOnlyList<string>>(read, origin)
            : Refuse<IReadOnlyList<string>>(text, "is no JSON array of strings.", $"Write it like --{option.Name}='[\"dotnet\", \"app.dll\"]'.");
    }

    public IReadOnlyList<Setting<string>> List(SettingOption option)
    {
        var (texts, origin) = Find(option);
        string[] separate = IsFile(origin) ? [.. texts]
            : [.. texts.SelectMany(t => t.Split(',', StringSplitOptions.TrimEntries))];
        Show(option, origin == "unset" ? null : new Setting<string>(string.Join(", ", separate), Shorten(origin)));
        return [.. separate.Where(t => t.Length > 0).Select(t => new Setting<string>(t, origin))];
    }

    /// <summary>An option of the embedded cloud means nothing elsewhere; on the command line it is a mistake.</summary>
    public void RefuseWithoutLocalCloud(params ReadOnlySpan<SettingOption> options)
    {
        foreach (var option in options)
        {
            if (sources.CommandLine.ContainsKey(option.Name))
                problems.Add(
                    new SettingsProblem(
                        $"--{option.Name}", "this environment is not on the embedded cloud.",
                        $"Leave it out, or add '{EnvironmentFile.LocalCloud}' to the environment's file."));
        }
    }

    private Setting<string>? Single(SettingOption option, bool show = true)
    {
        var (texts, origin) = Find(option);
        var found = texts.Count == 0 ? null : new Setting<string>(texts[^1], origin);
        if (texts.Count > 1)
            found = Refuse<string>(found!, $"was given {texts.Count} times.", "Give it once.", show);
        else if (found is { Value: "" } && option.Kind != OptionKind.Flag)
            found = Refuse<string>(found, "is empty.", $"Give {Kind(option)}.");
        if (show)
            Show(option, found is null ? null
                : new Setting<string>(
                    option.Kind == OptionKind.Flag && found.Value.Length == 0 ? "true" : found.Value, Shorten(found.Origin)));
        return found;
    }

    private (IReadOnlyList<string> Texts, string Origin) Find(SettingOption option)
    {
        if (sources.CommandLine.TryGetValue(option.Name, out var given) && given.Count > 0)
            return (given, $"--{option.Name}");
        // An empty variable is what a pipeline makes of a secret that does not exist: it counts as unset.
        if (option.Variables.FirstOrDefault(v => IsMeant(v) && !string.IsNullOrWhiteSpace(sources.Variable(v))) is { } variable)
            return ([sources.Meant(variable)!], variable);
        if (option.JsonMember is { } member && file?.Values.TryGetValue(member, out var value) == true)
            return (value.Texts, value.Origin);
        return option.Default is { } text ? ([text], "default") : ([], "unset");
    }

    // The names of a real account (AWS_REGION, ECS_CLUSTER, …) stand in many shells; the embedded cloud has its own account in its own region.
    private bool IsMeant(string variable) => !IsLocal || variable.StartsWith("SLIPWAY_", StringComparison.Ordinal);

    private Setting<T>? Refuse<T>(Setting<string> found, string message, string remedy, bool show = true)
    {
        problems.Add(new SettingsProblem(found.Origin, show ? $"'{Quotable(found.Value)}' {message}" : message, remedy));
        return null;
    }

    private static string NearestOf(SettingOption option, string value) =>
        Nearest.Find(value, option.Choices) is { } near ? $"Did you mean '{near}'? {Kind(option)}" : Kind(option);

    private static string Ways(SettingOption option) =>
        $"Give --{option.Name}=…, set {option.Variables[0]}, or add '{option.JsonMember}' to the environment's file.";

    private static string Kind(SettingOption option) => option.Kind switch
    {
        OptionKind.Number when option.Most == int.MaxValue =>
            string.Create(CultureInfo.InvariantCulture, $"a whole number from {option.Least}"),
        OptionKind.Number => string.Create(CultureInfo.InvariantCulture, $"a whole number from {option.Least} to {option.Most}"),
        OptionKind.NameList when option.Choices.Count > 0 => $"One or several of: {string.Join(", ", option.Choices)}.",
        OptionKind.Choice => $"One of: {string.Join(", ", option.Choices)}.",
        OptionKind.Path => "a path inside the repository",
        _ => "a value",
    };

    private static string Quotable(string text) =>
        new([.. text.Take(200).Select(c => char.IsControl(c) ? '?' : c)]);

    // A file's line matters to a problem, not to a table of values.
    private static string Shorten(string origin) => IsFile(origin) ? origin[..(origin.IndexOf(".json", StringComparison.Ordinal) + 5)] : origin;
}
