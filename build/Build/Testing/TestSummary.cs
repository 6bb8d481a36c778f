using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Slipway.Build.Testing;

/// <summary>What one test project's run said.</summary>
/// <param name="Project">The project's name.</param>
/// <param name="Passed">Number of tests that passed.</param>
/// <param name="Failed">Number of tests that failed.</param>
/// <param name="Failures">The tests that failed.</param>
/// <param name="SkipReasons">Why tests were skipped; one entry a test.</param>
public sealed partial record TestSummary(string Project, int Passed, int Failed, IReadOnlyList<FailedTest> Failures, IReadOnlyList<string> SkipReasons)
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>Number of tests that were skipped.</summary>
    public int Skipped => SkipReasons.Count;

    /// <summary>Reads a result file of <c>dotnet test</c>; null where it is missing or broken, as after a crash.</summary>
    public static TestSummary? Read(string project, string file)
    {
        if (!File.Exists(file)) return null;
        try
        {
            var results = XDocument.Load(file).Descendants(Trx + "UnitTestResult").ToList();
            return new TestSummary(
                project,
                results.Count(result => Is(result, "Passed")),
                results.Count(result => Is(result, "Failed")),
                [.. results.Where(result => Is(result, "Failed")).Select(Failure)],
                [.. results.Where(result => Is(result, "NotExecuted")).Select(Message)]);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>All of them together.</summary>
    public static TestSummary Sum(IReadOnlyList<TestSummary> summaries) => new(
        "Total",
        summaries.Sum(summary => summary.Passed),
        summaries.Sum(summary => summary.Failed),
        [.. summaries.SelectMany(summary => summary.Failures)],
        [.. summaries.SelectMany(summary => summary.SkipReasons)]);

    /// <summary>"12 passed, 0 failed, 1 skipped".</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Passed} passed, {Failed} failed, {Skipped} skipped");

    private static bool Is(XElement result, string outcome) => (string?)result.Attribute("outcome") == outcome;

    private static FailedTest Failure(XElement result)
    {
        // The first frame with a line is the test's own, or the helper's that it called.
        var stack = result.Descendants(Trx + "StackTrace").FirstOrDefault()?.Value ?? string.Empty;
        var frame = Frame.Match(stack);
        return new FailedTest(
            (string?)result.Attribute("testName") ?? "a test", Message(result),
            frame.Success ? frame.Groups["file"].Value : null,
            frame.Success ? int.Parse(frame.Groups["line"].Value, CultureInfo.InvariantCulture) : null);
    }

    private static string Message(XElement result) =>
        result.Descendants(Trx + "Message").FirstOrDefault()?.Value.Trim() is { Length: > 0 } message ? message : "no reason given";

    [GeneratedRegex(@" in (?<file>[^\r\n]+):line (?<line>\d{1,9})")]
    private static partial Regex Frame { get; }
}

/// <summary>A test that failed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Message">What was expected and what was found.</param>
/// <param name="File">The source file, as the compiler wrote it; null where the result does not tell.</param>
/// <param name="Line">The line in it, from 1.</param>
public sealed record FailedTest(string Name, string Message, string? File, int? Line);
