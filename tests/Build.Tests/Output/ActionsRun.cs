using Cake.Core.IO;
using Slipway.Build.Output;
using Slipway.Deployment.Tests.Support;
using Spectre.Console.Testing;

namespace Slipway.Build.Tests.Output;

/// <summary>A report in a GitHub job, with the files that the runner makes.</summary>
internal sealed class ActionsRun : IDisposable
{
    private readonly TestConsole _console = new TestConsole().Width(10_000);
    private readonly TemporaryFolder _folder = new();

    public ActionsRun(params (string Name, string? Value)[] variables)
    {
        SummaryFile = _folder.Write("summary.md", "before\n");
        OutputFile = _folder.Write("output", "");
        Report = new ConsoleReport(_console, live: false);
        GitHubJob.Join(
            Report,
            new ActionsEnvironment([("GITHUB_ACTIONS", "true"), ("GITHUB_STEP_SUMMARY", SummaryFile), ("GITHUB_OUTPUT", OutputFile), .. variables]),
            new FileSystem(),
            RepositoryRoot.Find(AppContext.BaseDirectory));
    }

    public ConsoleReport Report { get; }

    public string SummaryFile { get; }

    public string OutputFile { get; }

    public string Summary => File.ReadAllText(SummaryFile);

    public IReadOnlyList<string> Lines => _console.Output.Length == 0 ? [] : [.. _console.Lines.Select(line => line.TrimEnd())];

    public void Dispose()
    {
        _console.Dispose();
        _folder.Dispose();
    }
}
