using System.Text.Json;

namespace Slipway.EndToEnd.Tests.Support;

/// <summary>A run of the script with the verdict that it wrote.</summary>
/// <param name="Run">How the script ended.</param>
/// <param name="Outcome"><c>outcome.json</c>; undefined where the run wrote none.</param>
internal sealed record RolloutRun(ScriptRun Run, JsonElement Outcome)
{
    public string? Verdict => Outcome.ValueKind == JsonValueKind.Undefined ? null : Outcome.GetProperty("verdict").GetString();

    public DateTimeOffset EndedAt => Outcome.GetProperty("endedAt").GetDateTimeOffset();

    /// <summary>Checks exit code, verdict, and what the console must name.</summary>
    public void MustEnd(int exitCode, string verdict, params string[] named) => Assert.Multiple(() =>
    {
        Assert.That(Run.ExitCode, Is.EqualTo(exitCode), Run.ToString());
        Assert.That(Verdict, Is.EqualTo(verdict));
        foreach (var text in named) Assert.That(Run.Output, Does.Contain(text).IgnoreCase);
    });
}
