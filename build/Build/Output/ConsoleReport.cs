using Slipway.Deployment.Reporting;
using Slipway.Deployment.Rollouts.Reports;
using Slipway.Deployment.TaskDefinitions.Validation;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Slipway.Build.Output;

/// <summary>
/// Writes the lines of a run. On a terminal, progress replaces itself and long lines are wrapped under their indentation; in
/// a pipe or in CI every line stands alone and is never cut, so that an ARN can be copied out of a log.
/// </summary>
public sealed class ConsoleReport(IAnsiConsole console, bool live) : IReport
{
    private const string Indent = "  ";
    private readonly Lock _gate = new();
    private string? _progress;

    /// <summary>Whether details are shown.</summary>
    public bool Verbose { get; set; }

    /// <summary>Whether only warnings and failures are shown.</summary>
    public bool Quiet { get; set; }

    /// <summary>The GitHub job that the run is a part of; null elsewhere.</summary>
    public GitHubJob? Job { get; set; }

    /// <summary>Marks findings on their lines where the run's surroundings can; null where they cannot.</summary>
    public GitHubAnnotations? Annotations => Job?.Annotations;

    /// <summary>Where a job's summary goes; null where the run has none.</summary>
    public StepSummary? Summary => Job?.Summary;

    /// <summary>The widest line that fits; a pipe has no limit.</summary>
    public int Width => live ? Math.Max(60, console.Profile.Width) : int.MaxValue;

    /// <summary>A report for this process's standard output.</summary>
    public static ConsoleReport ForStandardOutput()
    {
        var inContinuousIntegration = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));
        var live = !Console.IsOutputRedirected && !inContinuousIntegration && AnsiConsole.Profile.Capabilities.Ansi;
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 10_000;
        return new ConsoleReport(AnsiConsole.Console, live);
    }

    /// <inheritdoc />
    public void Fact(string text)
    {
        if (!Quiet) Write(text, Style.Plain);
    }

    /// <inheritdoc />
    public void Detail(string text)
    {
        if (Verbose) Write(text, new Style(Color.Grey));
    }

    /// <inheritdoc />
    public void Warning(string text) => Write($"Warning: {text}", new Style(Color.Yellow));

    /// <inheritdoc />
    public void Finding(Finding finding)
    {
        if (finding.Severity == FindingSeverity.Warning) Warning(finding.ToString());
        else if (finding.Severity == FindingSeverity.Note) Detail(finding.ToString());
        Annotations?.Add(finding);
    }

    /// <inheritdoc />
    public void Rollout(RolloutReport rollout)
    {
        new RolloutView(this).Show(rollout);
        Annotations?.Add(rollout);
        Summary?.Append(RolloutMarkdown.Write(rollout));
    }

    /// <summary>A fact in a colour.</summary>
    public void Coloured(string text, Color colour)
    {
        if (!Quiet) Write(Printable(text), new Style(colour));
    }

    /// <summary>A line for the program that runs this one: as it is, without indentation, also in a quiet run. Spectre would break a long one, and
    /// with it the secret that it hides.</summary>
    public void Command(string text)
    {
        lock (_gate)
        {
            ClearProgress();
            console.Profile.Out.Writer.WriteLine(text);
        }
    }

    /// <inheritdoc />
    public void Line(string source, string text)
    {
        if (!Quiet) Write($"{source} | {Printable(text)}", new Style(Color.Grey));
    }

    /// <inheritdoc />
    public void Progress(string text)
    {
        lock (_gate)
        {
            if (Quiet || text == _progress) return;
            if (live)
            {
                ClearProgress();
                var line = Indent + text;
                console.Write(new Text(line.Length < Width ? line : line[..(Width - 1)], new Style(Color.Blue)));
            }
            else
            {
                console.WriteLine(Plain(Indent + text));
            }

            _progress = text;
        }
    }

    /// <summary>A headline: where a target begins.</summary>
    public void Headline(string text)
    {
        if (Quiet) return;
        lock (_gate)
        {
            ClearProgress();
            console.WriteLine();
            console.Write(new Text(Plain(text) + Environment.NewLine, new Style(Color.Aqua, decoration: Decoration.Bold)));
        }
    }

    /// <summary>A target begins: a headline, or the title of lines that fold.</summary>
    public void Target(string name)
    {
        if (Quiet || Annotations is not { } annotations) Headline(name);
        else annotations.BeginGroup(name);
    }

    /// <summary>Lines as they are, indented: a program's output, a block of a failure report.</summary>
    public void Block(IEnumerable<string> lines)
    {
        lock (_gate)
        {
            foreach (var line in lines) Write(Printable(line), Style.Plain);
        }
    }

    /// <summary>Names with their descriptions, which are wrapped in a column of their own.</summary>
    public void Columns(IEnumerable<(string Name, string Description)> rows)
    {
        var all = rows.ToList();
        var width = all.Max(row => row.Name.Length) + 2;
        foreach (var (name, description) in all)
        {
            var lines = TextWrap.Wrap(description, Math.Max(20, Width - Indent.Length - width - 1), string.Empty).ToList();
            for (var i = 0; i < lines.Count; i++) Write((i == 0 ? name.PadRight(width) : new string(' ', width)) + lines[i], Style.Plain);
        }
    }

    /// <summary>Something that Spectre renders: a table, a tree.</summary>
    public void Render(IRenderable renderable)
    {
        lock (_gate)
        {
            ClearProgress();
            if (Job is null)
            {
                console.Write(renderable);
                return;
            }

            var parts = renderable.Render(RenderOptions.Create(console, console.Profile.Capabilities), console.Profile.Width);
            var text = string.Concat(parts.Where(part => !part.IsControlCode).Select(part => part.Text));
            foreach (var line in text.TrimEnd('\n').Split('\n')) WriteWhole(line.TrimEnd(), Style.Plain);
        }
    }

    /// <summary>The end of a run that failed: what, and what to try.</summary>
    public void Failure(string headline, IEnumerable<string> lines)
    {
        Annotations?.EndGroup();
        lock (_gate)
        {
            ClearProgress();
            console.WriteLine();
            console.Write(new Text(Plain(headline) + Environment.NewLine, new Style(Color.Red, decoration: Decoration.Bold)));
        }

        Block(lines);
    }

    /// <summary>The end of a run that succeeded.</summary>
    public void Success(string text)
    {
        Annotations?.EndGroup();
        lock (_gate)
        {
            ClearProgress();
            console.Write(new Text(Plain(text) + Environment.NewLine, new Style(Color.Green, decoration: Decoration.Bold)));
        }
    }

    // What others wrote must not steer the terminal.
    private static string Printable(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) && c != '\t' ? '·' : c)) : text;

    internal void Write(string text, Style style)
    {
        lock (_gate)
        {
            ClearProgress();
            foreach (var line in text.ReplaceLineEndings("\n").Split('\n').SelectMany(line => TextWrap.Wrap(line, Width - Indent.Length - 1)))
            {
                WriteWhole(Indent + line, style);
            }
        }
    }

    // Spectre would break a word that is longer than the terminal is wide, and with it an address or an ARN that somebody wants to copy.
    private void WriteWhole(string text, Style style)
    {
        var line = Plain(text);
        if (line.Length < console.Profile.Width) console.Write(new Text(line + Environment.NewLine, style));
        else console.Profile.Out.Writer.WriteLine(line);
    }

    /// <summary>A line that is never broken.</summary>
    internal void Whole(string text, Style style)
    {
        lock (_gate)
        {
            ClearProgress();
            WriteWhole(Indent + text, style);
        }
    }

    // Only a command of our own may steer GitHub's runner.
    private string Plain(string line) => Job is null ? line : WorkflowText.Defuse(line);

    private void ClearProgress()
    {
        if (!live || _progress is null) return;
        console.Write(new ControlCode("\r\u001b[2K"));
        _progress = null;
    }
}
