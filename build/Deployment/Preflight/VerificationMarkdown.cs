using Slipway.Deployment.Planning;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.Preflight;

/// <summary>A verification as Markdown, for a job's summary. Pure.</summary>
public static class VerificationMarkdown
{
    private const int MostCharacters = 60_000;
    private const int RoomOfGroup = 12_000;

    /// <summary>The page: what is NG first, then the whole tree.</summary>
    public static string Write(Verification verification)
    {
        var page = new MarkdownText(MostCharacters);
        page.Line($"## Slipway verify: {MarkdownText.Escape(VerificationWords.Place(verification))}");
        page.Line();
        page.Line($"**{MarkdownText.Escape(verification.Summary)}**");
        var wrong = verification.Groups.SelectMany(group => group.Leaves()).Where(leaf => leaf.State == CheckState.Ng).ToList();
        if (wrong.Count > 0) Part(page, "To correct", wrong.Select(node => (0, node)));
        page.Line();
        page.Line("<details><summary>All checks</summary>");
        foreach (var group in verification.Groups) Part(page, group.Name, group.Children.SelectMany(child => Flat(child, 0)));

        var warnings = verification.Findings.Where(finding => finding.Severity == FindingSeverity.Warning).ToList();
        if (warnings.Count > 0)
        {
            Heading(page, "Warnings of the task definition");
            page.Lines(warnings, finding => $"- {MarkdownText.Escape(finding.ToString())}", RoomOfGroup, "- ", "verify.json");
        }

        page.Line();
        page.Line("</details>");
        return page.ToString();
    }

    private static IEnumerable<(int Depth, CheckNode Node)> Flat(CheckNode node, int depth) =>
        node.Children.SelectMany(child => Flat(child, depth + 1)).Prepend((depth, node));

    private static void Part(MarkdownText page, string title, IEnumerable<(int Depth, CheckNode Node)> nodes)
    {
        Heading(page, MarkdownText.Escape(title));
        page.Lines([.. nodes], item => Line(item.Depth, item.Node), RoomOfGroup, "- ", "verify.json");
    }

    private static string Line(int depth, CheckNode node)
    {
        var remedy = node.Remedy is null ? "" : $"<br>{VerificationWords.RemedyLabel(node)}: {MarkdownText.Escape(node.Remedy)}";
        var found = node.Found is null ? "" : $": {string.Join("<br>", node.Found.ReplaceLineEndings("\n").Split('\n').Select(MarkdownText.Escape))}";
        return $"{new string(' ', depth * 2)}- **{VerificationWords.State(node.State)}** {MarkdownText.Escape(node.Name)}{found}{remedy}";
    }

    private static void Heading(MarkdownText page, string title)
    {
        page.Line();
        page.Line($"### {title}");
        page.Line();
    }
}
