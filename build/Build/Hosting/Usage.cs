using Slipway.Build.Output;
using Slipway.Deployment.Settings;

namespace Slipway.Build.Hosting;

/// <summary>What the script prints without arguments: targets, options, and the command to begin with.</summary>
internal static class Usage
{
    private static readonly (string Name, string Description)[] EngineOptions =
    [
        ("--target=NAME, -t", "The target to run. May be given several times."),
        ("--exclusive, -e", "Run the target without the ones that it depends on."),
        ("--dryrun", "Show which targets would run, in order."),
        ("--tree", "Show the graph of targets."),
        ("--description", "Show the targets with their descriptions."),
        ("--verbosity=LEVEL, -v", "quiet, minimal, normal, verbose or diagnostic."),
        ("--version", "Slipway's version."),
        ("--help, -h", "This page."),
    ];

    public static void Print(ConsoleReport report, IReadOnlyList<Target> targets)
    {
        report.Headline("Slipway: from a commit to a stable deployment on Amazon ECS");
        report.Fact("./build.sh --target=TARGET [--environment=NAME] [OPTION ...]");
        report.Headline("Targets");
        report.Columns(targets.Select(target => (target.Name, target.Description)));
        report.Headline("Options");
        report.Columns(EngineOptions.Concat(SettingsOptions.All.Select(Describe)));
        report.Headline("To begin");
        report.Fact("./build.sh --target=Deploy --environment=local");
    }

    private static (string Name, string Description) Describe(SettingOption option) => (
        option.Kind == OptionKind.Flag ? $"--{option.Name}" : $"--{option.Name}={Placeholder(option)}",
        option.Description + (option.Default is null ? "." : $". Default: {option.Default}."));

    private static string Placeholder(SettingOption option) => option.Kind switch
    {
        OptionKind.Number => "N",
        OptionKind.Duration => "TIME",
        OptionKind.Choice when option.Choices.Count < 4 => string.Join('|', option.Choices),
        OptionKind.Path or OptionKind.PathList => "PATH",
        OptionKind.Map => "NAME=VALUE",
        OptionKind.NameList => option.Choices.Count > 0 ? string.Join(',', option.Choices) : "NAME",
        OptionKind.ArgumentList => "JSON",
        _ => "VALUE",
    };
}
