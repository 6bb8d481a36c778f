using Slipway.Deployment.Bootstrapping;
using Spectre.Console;

namespace Slipway.Build.Output;

/// <summary>What is there and what is missing, then commands on lines of their own, which are never broken: they are for pasting.</summary>
internal sealed class BootstrapView(ConsoleReport report)
{
    public void Show(BootstrapAdvice advice)
    {
        foreach (var part in advice.Parts) report.Coloured($"{Word(part.Presence),-8}{part.Title}{(part.Why is { } why ? $" ({why})" : "")}", Colour(part.Presence));
        report.Fact(advice.IsIncomplete ? "Nothing was changed. To make what is missing, run:" : "Nothing is missing that this program can ask for.");
        foreach (var block in advice.Blocks)
        {
            report.Headline(block.Title);
            foreach (var command in block.Commands) report.Whole(command, Style.Plain);
        }
    }

    private static string Word(Presence presence) => presence switch
    {
        Presence.Present => "there",
        Presence.Missing => "MISSING",
        _ => "check",
    };

    private static Color Colour(Presence presence) => presence switch
    {
        Presence.Present => Color.Green,
        Presence.Missing => Color.Red,
        _ => Color.Yellow,
    };
}
