using System.Globalization;
using System.Text;
using Slipway.Build.Tests.Documentation.Access;
using Slipway.Build.Tests.Documentation.Preflight;
using Slipway.Deployment;
using Slipway.Deployment.Rollouts;
using Slipway.Deployment.Rollouts.Failures;

namespace Slipway.Build.Tests.Documentation;

[TestFixture]
internal sealed class TroubleshootingTests
{
    private const int Width = ToldEnding.Width;

    private static readonly RepositoryRoot Root = RepositoryRoot.Find(AppContext.BaseDirectory);

    /// <summary>What stands before the causes that a rollout's end is explained by.</summary>
    private static readonly IPageSection[] Sections = [new AccessSection(), new PreflightSection()];

    private static IEnumerable<TestCaseData> Examples =>
        from rule in FailureCatalogue.Rules
        from example in rule.Examples
        select new TestCaseData(rule.Key, example).SetArgDisplayNames(rule.Key, example.Text[..Math.Min(60, example.Text.Length)]);

    [TestCaseSource(nameof(Examples))]
    public async Task A_report_names_the_cause_and_fits_the_terminal(string key, FailureExample example)
    {
        var (narrow, _) = await PlayedFailure.ShowAsync(key, example, 80);
        var (piped, _) = await PlayedFailure.ShowAsync(key, example, null);

        // What is longer than the line stays whole: an address, an ARN.
        Assert.That(
            narrow.Split('\n').Where(line => line.Length > 80 && line.Trim().Contains(' ', StringComparison.Ordinal) && !line.Contains("https://", StringComparison.Ordinal)),
            Is.Empty);
        Assert.That(narrow + piped, Does.Not.Contain("correct-horse"));

        // The title may hold the wait's last progress, which is a short one.
        Assert.That(piped.Split('\n')[1..], Has.None.EndsWith("…"));
        var isRefusal = example.Source == FailureSource.Api;
        Assert.That(piped, Does.Contain(isRefusal ? example.Text.Split(": ", 2)[1] : example.Text.Split("; ")[^1]));
        if (!isRefusal) Assert.That(piped, Does.Contain($"[{key}]").And.Contain("https://us-east-1.console.aws.amazon.com/ecs/v2/"));
    }

    [Test]
    public async Task The_page_shows_every_cause_with_a_real_report()
    {
        var page = Root.Combine("docs", "troubleshooting.md");
        const string Mark = "<!-- From here on the page is written by TroubleshootingTests. -->\n";
        var text = await File.ReadAllTextAsync(page);
        var expected = text[..(text.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)] + await SectionsAsync() + await CausesAsync();
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1") await File.WriteAllTextAsync(page, expected);

        Assert.That(await File.ReadAllTextAsync(page), Is.EqualTo(expected), "Run this test with UPDATE_DOCS=1 to write the page anew.");
    }

    [TestCaseSource(nameof(Sections))]
    public async Task Every_case_of_a_section_says_what_to_try_and_how_the_run_ended(IPageSection section)
    {
        var cases = await section.CasesAsync();

        Assert.That(cases, Is.Not.Empty);
        Assert.That(cases.Select(one => one.Key), Is.Unique);
        foreach (var one in cases)
        {
            Assert.That(one.Output, Does.Contain("Try: ").Or.Contain("    "), one.Key);
            Assert.That(one.ExitCode, Is.Not.EqualTo(ExitCode.Done), one.Key);
            Assert.That(one.Output.Split('\n').Where(line => line.Length > Width && line.Trim().Contains(' ', StringComparison.Ordinal)), Is.Empty, one.Key);
        }
    }

    [Test]
    public void Every_cause_that_the_pages_first_part_names_is_in_the_catalogue()
    {
        var page = File.ReadAllText(Root.Combine("docs", "troubleshooting.md"));
        var links = System.Text.RegularExpressions.Regex.Matches(page, "\\]\\(#([a-z0-9-]+)\\)").Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.That(links, Is.Not.Empty);
        Assert.That(links, Is.SubsetOf(Headings(page)));
    }

    [Test]
    public void No_two_headings_of_the_page_are_the_same() =>
        Assert.That(Headings(File.ReadAllText(Root.Combine("docs", "troubleshooting.md"))), Is.Unique);

    private static List<string> Headings(string page) =>
        [.. System.Text.RegularExpressions.Regex.Matches(page, "(?m)^### ([a-z0-9-]+)$").Select(match => match.Groups[1].Value)];

    private static async Task<string> SectionsAsync()
    {
        var page = new StringBuilder();
        foreach (var section in Sections)
        {
            page.Append($"\n## {section.Title}\n\n{section.Introduction}\n");
            foreach (var one in await section.CasesAsync())
            {
                page.Append(CultureInfo.InvariantCulture, $"\n### {one.Key}\n\n{one.Explanation} Exit code {(int)one.ExitCode}.\n\n```text\n{one.Output}\n```\n");
            }
        }

        return page.ToString();
    }

    private static async Task<string> CausesAsync()
    {
        var page = new StringBuilder();
        foreach (var (title, rules) in FailureCatalogue.Parts)
        {
            page.Append($"\n## {title}\n");
            foreach (var rule in rules)
            {
                var (report, verdict) = await PlayedFailure.ShowAsync(rule.Key, rule.Examples[0], Width);
                page.Append($"\n### {rule.Key}\n\n{Sentence(rule.Cause)} {Patience(rule, verdict)}\n\nTry: {Sentence(rule.Remedy)}.\n");
                page.Append($"\n```text\n{report}\n```\n");
            }
        }

        return page.ToString();
    }

    private static string Sentence(string text) => text
        .Replace("{principal}", "the role", StringComparison.Ordinal)
        .Replace("{action}", "an action", StringComparison.Ordinal)
        .Replace("{region}", "another region", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace("*", "\\*", StringComparison.Ordinal);

    private static string Patience(FailureRule rule, string? verdict) => rule switch
    {
        { Sources: FailureSource.Log } => "Found in the lines that the container wrote.",
        _ when verdict is null => "Told by the error answer of a call.",
        _ when verdict == Verdict.TimedOut => "The wait goes on until `--timeout`: it may pass.",
        { Key: "breaker" or "alarm" } => "ECS itself ends the deployment.",
        { HopelessAfter: 1 } => "Ends the wait at once.",
        { HopelessAfter: 2 } => "Ends the wait after `--fail-after-pulls` such tasks.",
        _ => "Ends the wait after `--fail-after-exits` such tasks.",
    };
}
