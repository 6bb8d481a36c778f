using Slipway.Deployment.Settings;

namespace Slipway.Build.Hosting;

/// <summary>One pass over the arguments; collects every problem.</summary>
internal sealed class CommandLineReader(IReadOnlyDictionary<string, string> aliases)
{
    private static readonly string[] EngineSwitches = ["exclusive", "dryrun", "tree", "description", "version", "help"];
    private static readonly string[] EngineOptions = ["target", "verbosity"];
    private static readonly string[] Verbosities = ["quiet", "minimal", "normal", "verbose", "diagnostic", "q", "m", "n", "v", "d"];

    private readonly Dictionary<string, List<string>> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _switches = new(StringComparer.OrdinalIgnoreCase);

    public List<string> Problems { get; } = [];

    public List<string> Targets { get; } = [];

    public List<string> EngineArguments { get; } = [];

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Values =>
        _values.ToDictionary(pair => pair.Key, IReadOnlyList<string> (pair) => pair.Value, StringComparer.OrdinalIgnoreCase);

    public bool Has(string engineSwitch) => _switches.Contains(engineSwitch);

    public void Read(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (!argument.StartsWith('-') || argument == "-" || argument == "--")
            {
                Problems.Add($"'{argument}' is neither an option nor its value. Options are written --name=value.");
                continue;
            }

            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            var spelled = equals < 0 ? argument : argument[..equals];
            var value = equals < 0 ? null : argument[(equals + 1)..];
            var name = aliases.TryGetValue(spelled, out var alias) ? alias : spelled.TrimStart('-');
            if (value is null && TakesValue(name))
            {
                if (i + 1 >= arguments.Count || arguments[i + 1].StartsWith("--", StringComparison.Ordinal))
                {
                    Problems.Add($"Option '{spelled}' needs a value: {spelled}=VALUE.");
                    continue;
                }

                value = arguments[++i];
            }

            Take(spelled, name.ToLowerInvariant(), value);
        }
    }

    public void CheckTargets(IReadOnlyCollection<string> known)
    {
        foreach (var target in Targets.Where(target => !known.Contains(target, StringComparer.OrdinalIgnoreCase)))
        {
            var nearest = Nearest.Find(target, known);
            Problems.Add($"There is no target '{target}'." + (nearest is null ? string.Empty : $" Did you mean '{nearest}'?"));
        }
    }

    private static bool TakesValue(string name) =>
        EngineOptions.Contains(name, StringComparer.OrdinalIgnoreCase) || FindSetting(name) is { Kind: not OptionKind.Flag };

    private static SettingOption? FindSetting(string name) =>
        SettingsOptions.All.FirstOrDefault(option => option.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private void Take(string spelled, string name, string? value)
    {
        if (name == "target")
        {
            TakeTarget(value!);
        }
        else if (name == "verbosity")
        {
            if (!Verbosities.Contains(value, StringComparer.OrdinalIgnoreCase))
            {
                Problems.Add($"Option '{spelled}' is '{value}'; allowed are quiet, minimal, normal, verbose, diagnostic.");
            }

            EngineArguments.Add($"--verbosity={value}");
        }
        else if (EngineSwitches.Contains(name))
        {
            if (value is not null) Problems.Add($"Option '{spelled}' takes no value.");
            if (_switches.Add(name) && name != "help") EngineArguments.Add($"--{name}");
        }
        else if (FindSetting(name) is { } option)
        {
            if (!_values.TryGetValue(option.Name, out var values)) _values[option.Name] = values = [];
            values.Add(value ?? string.Empty);
        }
        else
        {
            var known = SettingsOptions.All.Select(known => known.Name).Concat(EngineOptions).Concat(EngineSwitches);
            Problems.AddRange(UnknownOptions.Check([name], known).Select(problem => problem.ToString()));
        }
    }

    private void TakeTarget(string value)
    {
        if (value.Length == 0)
        {
            Problems.Add("Option '--target' needs a name: --target=Deploy.");
            return;
        }

        Targets.Add(value);
        EngineArguments.Add($"--target={value}");
    }
}
