using Slipway.Deployment.TaskDefinitions;

namespace Slipway.Deployment.Settings;

/// <summary>One value of a map; null removes what has the name.</summary>
internal sealed record MapEntry(string Name, string? Value)
{
    /// <summary>As the Settings target shows it: a secret-looking value is hidden.</summary>
    public override string ToString() => Value is null ? $"{Name} (removed)"
        : SecretLooking.Is(Name, Value) ? $"{Name}=(hidden)"
        : $"{Name}={Value}";
}

/// <summary>Reads the values of a <see cref="OptionKind.Map"/> from the file and from the command line.</summary>
internal sealed class MapReading(SettingsSources sources, EnvironmentFile? file, List<SettingsProblem> problems)
{
    private const int LongestName = 512;

    public IReadOnlyList<Setting<MapEntry>> Read(SettingOption option)
    {
        var given = CommandLine(option).ToList();
        foreach (var repeated in given.GroupBy(entry => entry.Value.Name, StringComparer.Ordinal).Where(same => same.Skip(1).Any()))
            Add(repeated.Last().Origin, $"'{Quotable(repeated.Key)}' was given {repeated.Count()} times.", "Set it once, or remove it.");
        return [.. InFile(option).Where(entry => !given.Exists(other => other.Value.Name == entry.Value.Name)), .. given];
    }

    private IEnumerable<Setting<MapEntry>> InFile(SettingOption option)
    {
        if (option.JsonMember is not { } member || file?.Values.TryGetValue(member, out var value) != true) yield break;
        foreach (var entry in value!.Entries)
        {
            if (entry.Value is null && option.Removal is null)
                Add(entry.Origin, $"'{member}.{Quotable(entry.Name)}' is null; there is nothing to remove.", "Leave it out, or give a string.");
            else if (IsFine(entry.Name, entry.Value, entry.Origin))
                yield return new(new MapEntry(entry.Name, entry.Value), entry.Origin);
        }
    }

    // A value may hold '=' and anything else: only the first one parts it from the name.
    private IEnumerable<Setting<MapEntry>> CommandLine(SettingOption option)
    {
        foreach (var text in Given(option))
        {
            var origin = $"--{option.Name}";
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
                Add(origin, $"'{Quotable(text)}' has no value.", Ways(option));
            else if (IsFine(text[..equals], text[(equals + 1)..], origin))
                yield return new(new MapEntry(text[..equals], text[(equals + 1)..]), origin);
        }

        if (option.Removal is not { } removal) yield break;
        foreach (var name in Given(removal).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries)))
        {
            if (IsFine(name, null, $"--{removal.Name}")) yield return new(new MapEntry(name, null), $"--{removal.Name}");
        }
    }

    private IReadOnlyList<string> Given(SettingOption option) => sources.CommandLine.GetValueOrDefault(option.Name) ?? [];

    private bool IsFine(string name, string? value, string origin)
    {
        var isName = name is { Length: > 0 and <= LongestName } && !name.Any(char.IsControl) && name.Trim() == name;
        if (!isName)
            Add(origin, $"'{Quotable(name)}' is no name.", "Give a name without blanks around it, control characters and '=', of at most 512 characters.");
        else if (value?.Contains('\0', StringComparison.Ordinal) == true)
            Add(origin, $"the value of '{name}' holds a NUL character, which no process can be given.", "Remove it.");
        else
            return true;
        return false;
    }

    private static string Ways(SettingOption option) => option.Removal is { } removal
        ? $"Write --{option.Name}=NAME=value; remove one with --{removal.Name}=NAME."
        : $"Write --{option.Name}=NAME=value.";

    // What was meant as NAME=value may hold a secret: of a long text only the beginning is shown.
    private static string Quotable(string text) => new([.. text.Take(64).Select(c => char.IsControl(c) ? '?' : c)]);

    private void Add(string origin, string message, string remedy) => problems.Add(new SettingsProblem(origin, message, remedy));
}
