using System.Text.RegularExpressions;
using Slipway.EndToEnd.Tests.Support;

namespace Slipway.EndToEnd.Tests;

/// <summary>What each target asks the embedded cloud for is in its row of docs/permissions.md.</summary>
internal sealed partial class RightsTests
{
    /// <summary>Every caller may ask for it.</summary>
    private const string WithoutRight = "sts:GetCallerIdentity";

    /// <summary>The first deployment by its targets, a second revision, and the way back.</summary>
    private static readonly string[][] Runs =
    [
        ["DockerBuild"], ["EcrLogin"], ["Push"], ["RenderTaskDef"], ["DeployEcs"], ["WaitStable"], ["Status"], ["Logs"], ["Plan"], ["Bootstrap"], ["Verify"],
        ["RenderTaskDef", "--env=TEST_VERSION=second"], ["DeployEcs"], ["WaitStable"],
        ["RunTask", "--task-command=[\"--health\"]", "--env=TEST_CONTAINER_HEALTH=good"], ["Rollback"], ["Deregister", "--keep-revisions=1", "--confirm"],
    ];

    /// <summary>A deployment whose tasks end: what looks for the cause asks for more.</summary>
    private static readonly string[][] FailingRuns = [["RenderTaskDef", "--env=TEST_EXIT_CODE=3"], ["DeployEcs"], ["WaitStable"]];

    [Test]
    public async Task A_target_asks_for_nothing_beside_its_row()
    {
        var rows = Rows();
        await using var rollouts = RolloutCheckout.Create();
        Assert.That((await rollouts.Checkout.RunAsync("--target=LocalUp", "--environment=local")).ExitCode, Is.Zero);
        Assert.That(Runs.Select(run => run[0]), Is.SupersetOf(rows.Keys), "a row whose target is not run");
        foreach (var run in Runs) Assert.That(await AskAsync(rollouts, rows, run), Is.Zero, run[0]);

        var ends = new List<int>();
        foreach (var run in FailingRuns) ends.Add(await AskAsync(rollouts, rows, run));
        Assert.That(ends, Is.EqualTo(new[] { 0, 0, 7 }), "ECS rolls back");
    }

    /// <summary>Runs one target, compares what it asked for with its row, and gives its exit code.</summary>
    private static async Task<int> AskAsync(RolloutCheckout rollouts, Dictionary<string, string[]> rows, string[] line)
    {
        var target = line[0];
        await rollouts.Cloud.ForgetCallsAsync();
        var run = await rollouts.Checkout.RunAsync([$"--target={target}", "--environment=local", "--exclusive", .. line[1..]]);
        var calls = await rollouts.Cloud.CallsAsync();

        // The registry's own protocol has other names.
        var asked = calls.Distinct().Where(call => !call.StartsWith("registry:", StringComparison.Ordinal) && call != WithoutRight);
        Assert.That(asked, Is.SubsetOf(rows[target]), $"{target}\n{run}");
        return run.ExitCode;
    }

    /// <summary>The rights of each target, through the names of its statements.</summary>
    private static Dictionary<string, string[]> Rows()
    {
        var tables = File.ReadLines(Path.Combine(Repository.Root, "docs", "permissions.md")).SkipWhile(line => !line.StartsWith("<!-- From", StringComparison.Ordinal))
            .TakeWhile(line => !line.StartsWith("<!-- End", StringComparison.Ordinal));
        var rows = tables.Select(line => Row().Match(line)).Where(match => match.Success).ToList();
        var statements = rows.Where(row => row.Groups[2].Value.StartsWith('`')).ToDictionary(
            row => row.Groups[1].Value, row => row.Groups[2].Value.Split(", ").Select(right => right.Trim('`')).ToArray());
        return rows.Where(row => row.Groups[1].Value.StartsWith('`')).ToDictionary(
            row => row.Groups[1].Value.Trim('`'),
            row => row.Groups[2].Value.Split(", ").SelectMany(name => statements.GetValueOrDefault(name, [])).ToArray());
    }

    [GeneratedRegex(@"^\| (`?\w[^|]*?`?) \| (.+?) \|$")]
    private static partial Regex Row();
}
