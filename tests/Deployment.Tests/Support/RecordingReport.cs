using System.Collections.Concurrent;
using Slipway.Deployment.Reporting;

namespace Slipway.Deployment.Tests.Support;

/// <summary>Keeps what a person would have been told, "fact: …", "line dotnet: …".</summary>
internal sealed class RecordingReport : IReport
{
    private readonly ConcurrentQueue<string> _entries = new();

    public IReadOnlyList<string> Entries => [.. _entries];

    public IReadOnlyList<string> Facts => [.. _entries.Where(e => e.StartsWith("fact: ", StringComparison.Ordinal)).Select(e => e[6..])];

    public IReadOnlyList<string> Details =>
        [.. _entries.Where(e => e.StartsWith("detail: ", StringComparison.Ordinal)).Select(e => e[8..])];

    public void Fact(string text) => _entries.Enqueue("fact: " + text);

    public void Detail(string text) => _entries.Enqueue("detail: " + text);

    public void Warning(string text) => _entries.Enqueue("warning: " + text);

    public void Progress(string text) => _entries.Enqueue("progress: " + text);

    public void Line(string source, string text) => _entries.Enqueue($"line {source}: {text}");
}
