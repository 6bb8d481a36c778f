using Slipway.Deployment.Preflight;
using Slipway.Deployment.TaskDefinitions.Validation;
using Spectre.Console;

namespace Slipway.Build.Output;

/// <summary>A verification on the console: the tree with the state of each check in a column of its own, the verdict last.</summary>
internal sealed class VerifyView(ConsoleReport report)
{
    private const int StateWidth = 6;
    private const int IndentWidth = 2;
    private const int LeastNameWidth = 18;
    private const int MostNameWidth = 34;
    private const int LeastTextWidth = 30;

    public void Show(Verification verification)
    {
        foreach (var group in verification.Groups)
        {
            report.Headline(group.Name);
            var nameWidth = Math.Clamp(group.Children.Max(child => WidthOf(child, 0)) + 2, LeastNameWidth, MostNameWidth);
            foreach (var node in group.Children) Show(node, 0, nameWidth);
        }

        var warnings = verification.Findings.Where(finding => finding.Severity == FindingSeverity.Warning).ToList();
        if (warnings.Count > 0) report.Headline("Warnings of the task definition");
        foreach (var warning in warnings) report.Coloured(warning.ToString(), Color.Yellow);
        report.Headline("In short");
        if (verification.ExitCode == Deployment.ExitCode.Done) report.Success($"  {verification.Summary}");
        else report.Coloured(verification.Summary, Color.Red);
    }

    private static int WidthOf(CheckNode node, int depth) =>
        node.Children.Select(child => WidthOf(child, depth + 1)).Append((depth * IndentWidth) + node.Name.Length).Max();

    private void Show(CheckNode node, int depth, int nameWidth)
    {
        var colour = node.State switch { CheckState.Ok => Color.Green, CheckState.Ng => Color.Red, _ => Color.Grey };
        var label = VerificationWords.State(node.State).PadRight(StateWidth) + new string(' ', depth * IndentWidth) + node.Name;
        if (node.Found is null) report.Coloured(label, colour);
        else Columns(label, node.Found, StateWidth + nameWidth, colour);
        if (node.Remedy is not null)
        {
            Columns("", $"{VerificationWords.RemedyLabel(node)}: {node.Remedy}", StateWidth + nameWidth, node.State == CheckState.Ng ? Color.Green : Color.Grey);
        }

        foreach (var child in node.Children) Show(child, depth + 1, nameWidth);
    }

    // A name that is too long for its column has its text on the next line.
    private void Columns(string label, string text, int width, Color colour)
    {
        if (label.Length + 2 > width)
        {
            report.Coloured(label, colour);
            label = "";
        }

        var room = report.Width == int.MaxValue ? int.MaxValue : Math.Max(LeastTextWidth, report.Width - width - 3);
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n').SelectMany(line => TextWrap.Wrap(line, room, "  ")))
        {
            report.Coloured(label.PadRight(width) + line, colour);
            label = "";
        }
    }
}
