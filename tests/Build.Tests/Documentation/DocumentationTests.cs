using System.Globalization;
using Slipway.Build.Hosting;
using Slipway.Deployment;
using Slipway.Deployment.Settings;

namespace Slipway.Build.Tests.Documentation;

/// <summary>What the pages say is what the program does.</summary>
[TestFixture]
internal sealed class DocumentationTests
{
    private static readonly RepositoryRoot Root = RepositoryRoot.Find(AppContext.BaseDirectory);

    private static readonly IReadOnlyList<Target> Targets = TargetCatalogue.Find(typeof(Program).Assembly);

    [Test]
    public void The_table_of_settings_is_the_table_of_options()
    {
        var page = Root.Combine("docs", "settings.md");
        var expected = SettingsOptions.All.Select(Row).ToList();
        var lines = File.ReadAllLines(page).ToList();
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            lines.RemoveAll(IsRow);
            lines.InsertRange(lines.FindIndex(line => line.StartsWith("|---", StringComparison.Ordinal)) + 1, expected);
            File.WriteAllLines(page, lines);
        }

        Assert.That(lines.Where(IsRow), Is.EqualTo(expected), "Run this test with UPDATE_DOCS=1 to write the page anew.");
    }

    [Test]
    public void Every_exit_code_has_its_row()
    {
        var page = File.ReadAllText(Root.Combine("docs", "exit-codes.md"));

        foreach (var code in Enum.GetValues<ExitCode>())
        {
            Assert.That(page, Does.Contain($"\n| {((int)code).ToString(CultureInfo.InvariantCulture)} | "), code.ToString());
        }
    }

    [Test]
    public void Every_target_has_a_description_and_a_file_of_its_name()
    {
        foreach (var target in Targets)
        {
            Assert.That(target.Description, Is.Not.Empty, target.Name);
            Assert.That(File.Exists(Root.Combine("build", "Build", "Tasks", $"{target.Name}.cs")), target.Name);
        }
    }

    [Test]
    public void Every_target_that_the_readme_names_exists()
    {
        var readme = File.ReadAllText(Root.Combine("README.md"));
        var named = System.Text.RegularExpressions.Regex.Matches(readme, "--target=([A-Za-z]+)").Select(match => match.Groups[1].Value).Where(name => name != "TARGET");

        Assert.That(named.Distinct(), Is.SubsetOf(Targets.Select(target => target.Name)));
    }

    private static bool IsRow(string line) => line.StartsWith("| `--", StringComparison.Ordinal);

    private static string Row(SettingOption option) =>
        $"| `--{option.Name}` | {Code(option.Variables)} | {Code(option.JsonMember is null ? [] : [option.JsonMember])} | {Code(option.Default is null ? [] : [option.Default])} | {option.Description} |";

    private static string Code(IEnumerable<string> values) => string.Join(", ", values.Select(value => $"`{value}`"));
}
