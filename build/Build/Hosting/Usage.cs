using Slipway.Build.Output;
using Slipway.Deployment.Settings;
using Spectre.Console;

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
        ("--help, -h", "This page."),
    ];

    public static void Print(ConsoleReport report, IReadOnlyList<Target> targets)
    {
        report.Headline("Slipway: from a commit to a stable deployment on Amazon ECS");
        report.Fact("./build.sh --target=TARGET [--environment=NAME] [OPTION ...]");
        report.Headline("Targets");
        report.Render(Table(targets.Select(target => (target.Name, target.Description))));
        report.Headline("Options");
        report.Render(Table(EngineOptions.Concat(SettingsOptions.All.Select(Describe))));
        report.Headline("To begin");
        report.Fact("./build.sh --target=Deploy --environment=local");
    }

    private static (string Name, string Description) Describe(SettingOption option) => (
        option.Kind == OptionKind.Flag ? $"--{option.Name}" : $"--{option.Name}={Placeholder(option.Kind)}",
        option.Description + (option.Default is null ? "." : $". Default: {option.Default}."));

    private static string Placeholder(OptionKind kind) => kind switch
    {
        OptionKind.Number => "N",
        OptionKind.Duration => "TIME",
        OptionKind.Path or OptionKind.PathList => "PATH",
        _ => "VALUE",
    };

    private static Table Table(IEnumerable<(string Name, string Description)> rows)
    {
        var table = new Table().NoBorder().HideHeaders().AddColumn(new TableColumn("name").NoWrap().PadLeft(2)).AddColumn("description");
        foreach (var (name, description) in rows) table.AddRow(new Text(name), new Text(description));
        return table;
    }
}
