using Slipway.Deployment.Rollouts.Reports;
using Spectre.Console;

namespace Slipway.Build.Output;

/// <summary>The end of a rollout on the console: a success in one line, and in full where details are asked for; a failure in one block.</summary>
internal sealed class RolloutView(ConsoleReport report)
{
    private const int LabelWidth = 12;
    private const int LeastTextWidth = 40;

    public void Show(RolloutReport rollout)
    {
        if (rollout.IsSuccess) Succeeded(rollout);
        else Failed(rollout);
    }

    private void Succeeded(RolloutReport rollout)
    {
        if (rollout.Timing is not { } timing) return;
        report.Fact($"Where the time went: {timing.Summary}.");
        foreach (var advice in timing.Advice) report.Fact($"Advice: {advice}.");
        foreach (var row in RolloutRows.Times(timing).Where(row => row.Label != "Advice")) report.Detail(row.Label.PadRight(LabelWidth) + row.Text);
        foreach (var link in rollout.Links) report.Detail("See".PadRight(LabelWidth) + $"{link.Name}: {link.Address}");
    }

    private void Failed(RolloutReport rollout)
    {
        // A failure is not folded away.
        report.Annotations?.EndGroup();
        report.Write(rollout.Title, new Style(decoration: Decoration.Bold));
        foreach (var row in RolloutRows.Of(rollout)) Write(row);
    }

    private void Write(ReportRow row)
    {
        var style = row.Kind switch
        {
            RowKind.Cause => new Style(Color.Red),
            RowKind.Remedy => new Style(Color.Green),
            RowKind.Log => new Style(Color.Grey),
            RowKind.Link => new Style(Color.Blue),
            _ => Style.Plain,
        };
        var label = row.Label.PadRight(LabelWidth);
        if (row.Kind == RowKind.Link)
        {
            report.Whole(label + row.Text, style);
            return;
        }

        foreach (var line in Wrap(row.Text))
        {
            report.Write(label + line, style);
            label = new string(' ', LabelWidth);
        }
    }

    private IEnumerable<string> Wrap(string text) => report.Width == int.MaxValue
        ? [text]
        : TextWrap.Wrap(text, Math.Max(LeastTextWidth, report.Width - LabelWidth - 4), "  ");
}
