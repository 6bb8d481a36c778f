using Slipway.Deployment.TaskDefinitions.Comparison;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.Planning;

/// <summary>A plan as Markdown, for a pull request's comment or a job's summary. Pure.</summary>
public static class PlanMarkdown
{
    /// <summary>What fits a comment on GitHub, with room for what somebody writes around it.</summary>
    public const int MostCharacters = 60_000;

    private const int ShownOpen = 20;

    /// <summary>The page.</summary>
    public static string Write(DeploymentPlan plan)
    {
        var page = new MarkdownText(MostCharacters - 500);
        page.Line($"## Slipway plan: {MarkdownText.Escape(plan.Environment)}");
        page.Line();
        page.Line($"**{MarkdownText.Escape(PlanWords.Verdict(plan))}**");
        page.Line();
        page.Line($"Account {MarkdownText.Escape(plan.AccountId ?? "not known")}, region {MarkdownText.Escape(plan.Region)}.");
        Problems(page, plan);
        Part(page, "Image", [PlanWords.Image(plan)]);
        Part(page, "Task definition", [PlanWords.TaskDefinition(plan)]);
        Differences(page, plan.TaskDefinition?.Differences ?? []);
        Part(page, plan.Service is { } service ? $"Service {MarkdownText.Escape(service.Name)}" : "Service", PlanWords.Service(plan));
        Bullets(page, "Warnings", plan.Warnings, warning => warning, 6_000);
        Bullets(page, "Findings", plan.Findings, finding => $"{Word(finding.Severity)}: {finding}", 12_000);
        Calls(page, plan);
        Settings(page, plan);
        return page.ToString();
    }

    private static void Problems(MarkdownText page, DeploymentPlan plan)
    {
        if (plan.Problems.Count == 0) return;
        Heading(page, "Problems");
        page.Lines(
            plan.Problems,
            problem => $"- **{problem.Target}**: {string.Join("<br>", problem.Message.ReplaceLineEndings("\n").Split('\n').Select(MarkdownText.Escape))}"
                + (problem.Remedy is null ? "" : $"<br>Try: {MarkdownText.Escape(problem.Remedy)}"),
            10_000, "- ");
    }

    private static void Part(MarkdownText page, string title, IReadOnlyList<(PlanMark Mark, string Text)> lines)
    {
        Heading(page, title);
        page.Lines(lines, line => $"- {Sign(line.Mark)}{MarkdownText.Escape(line.Text)}", 4_000, "- ");
    }

    internal static void Differences(MarkdownText page, IReadOnlyList<Difference> differences)
    {
        if (differences.Count == 0) return;
        var lines = differences.SelectMany(Lines).ToList();
        var isLong = lines.Count > ShownOpen;
        page.Line();
        if (isLong) page.Line(FormattableString.Invariant($"<details><summary>{differences.Count} differences</summary>\n"));
        page.Line("```diff");
        page.Lines(lines, line => $"{line.Sign} {MarkdownText.Fenced(line.Text)}", 20_000, "  ");
        page.Line("```");
        if (isLong) page.Line("\n</details>");
    }

    private static IEnumerable<(char Sign, string Text)> Lines(Difference difference)
    {
        yield return (' ', difference.Path);
        if (difference.Before is { } before) yield return ('-', before);
        if (difference.After is { } after) yield return ('+', after);
    }

    private static void Bullets<T>(MarkdownText page, string title, IReadOnlyList<T> items, Func<T, string> text, int room)
    {
        if (items.Count == 0) return;
        Heading(page, title);
        page.Lines(items, item => $"- {MarkdownText.Escape(text(item))}", room, "- ");
    }

    private static void Calls(MarkdownText page, DeploymentPlan plan)
    {
        Heading(page, "API calls");
        page.Line("| | Operation | What |");
        page.Line("|---|---|---|");
        page.Lines(
            plan.Calls,
            call => $"| {(call.Writes ? "**writes**" : "reads")} | {MarkdownText.Escape(call.Operation)} | {MarkdownText.Escape(call.What)} |",
            8_000, "| | | ");
    }

    private static void Settings(MarkdownText page, DeploymentPlan plan)
    {
        page.Line();
        page.Line("<details><summary>Settings that are not defaults</summary>");
        page.Line();
        page.Line("| Setting | Value | From |");
        page.Line("|---|---|---|");
        page.Lines(
            plan.Settings,
            setting => $"| {MarkdownText.Escape(setting.Name)} | {MarkdownText.Escape(setting.Value ?? "")} | {MarkdownText.Escape(setting.Origin)} |",
            6_000, "| | | ");
        page.Line();
        page.Line("</details>");
    }

    private static void Heading(MarkdownText page, string title)
    {
        page.Line();
        page.Line($"### {title}");
        page.Line();
    }

    private static string Sign(PlanMark mark) => mark switch
    {
        PlanMark.New => "**new:** ",
        PlanMark.Changed => "**changed:** ",
        PlanMark.Unknown => "**unknown:** ",
        _ => "",
    };

    private static string Word(FindingSeverity severity) => severity.ToString().ToLowerInvariant();
}
