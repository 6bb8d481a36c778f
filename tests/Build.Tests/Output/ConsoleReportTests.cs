using Slipway.Build.Output;
using Spectre.Console.Testing;

namespace Slipway.Build.Tests.Output;

[TestFixture]
internal sealed class ConsoleReportTests
{
    private static readonly string Arn = "arn:aws:ecs:us-east-1:123456789012:task-definition/" + new string('x', 80);

    [Test]
    public void In_a_pipe_a_line_is_never_cut()
    {
        using var console = new TestConsole().Width(10_000);
        new ConsoleReport(console, live: false).Fact($"registered {Arn} just now");

        Assert.That(console.Output, Is.EqualTo($"  registered {Arn} just now\n"));
    }

    [Test]
    public void On_a_narrow_terminal_lines_are_wrapped_under_their_indentation()
    {
        using var console = new TestConsole().Width(60);
        new ConsoleReport(console, live: true).Fact("The quick brown fox jumps over the lazy dog and then it goes on for a while.");

        Assert.That(console.Lines, Is.EqualTo(new[]
        {
            "  The quick brown fox jumps over the lazy dog and then it",
            "      goes on for a while.",
        }));
    }

    [Test]
    public void In_a_pipe_progress_is_a_line_when_it_changes()
    {
        using var console = new TestConsole().Width(200);
        var report = new ConsoleReport(console, live: false);
        report.Progress("1 of 2");
        report.Progress("1 of 2");
        report.Progress("2 of 2");

        Assert.That(console.Lines, Is.EqualTo(new[] { "  1 of 2", "  2 of 2" }));
    }

    [Test]
    public void On_a_terminal_progress_is_taken_away_by_what_comes_next()
    {
        using var console = new TestConsole().Width(80).EmitAnsiSequences();
        var report = new ConsoleReport(console, live: true);
        report.Progress("working");
        report.Fact("done");

        Assert.That(console.Output, Does.Contain("working").And.Contain("\r\u001b[2K").And.EndsWith("  done\n"));
    }

    [Test]
    public void Lines_of_others_cannot_steer_the_terminal()
    {
        using var console = new TestConsole().Width(200);
        new ConsoleReport(console, live: false).Line("app", "before\u001b[2Jafter\u0007");

        Assert.That(console.Output, Is.EqualTo("  app | before·[2Jafter·\n"));
    }

    [Test]
    public void Markup_in_a_text_is_shown_as_it_is()
    {
        using var console = new TestConsole().Width(200);
        new ConsoleReport(console, live: false).Fact("[red]a[/] [0]");

        Assert.That(console.Output, Is.EqualTo("  [red]a[/] [0]\n"));
    }

    [Test]
    public void Details_are_for_verbose_runs()
    {
        using var console = new TestConsole().Width(200);
        var report = new ConsoleReport(console, live: false);
        report.Detail("hidden");
        report.Verbose = true;
        report.Detail("shown");

        Assert.That(console.Lines, Is.EqualTo(new[] { "  shown" }));
    }

    [Test]
    public void A_quiet_run_still_warns()
    {
        using var console = new TestConsole().Width(200);
        var report = new ConsoleReport(console, live: false) { Quiet = true };
        report.Fact("hidden");
        report.Headline("hidden");
        report.Progress("hidden");
        report.Warning("shown");

        Assert.That(console.Lines, Is.EqualTo(new[] { "  Warning: shown" }));
    }
}
