using System.Text.RegularExpressions;
using Slipway.EndToEnd.Tests.Support;

namespace Slipway.EndToEnd.Tests;

/// <summary>What each target asks the embedded cloud for is in its row of docs/permissions.md.</summary>
internal sealed partial class RightsTests
{
    /// <summary>Every caller may ask for it.</summary>
    private const string WithoutRight = "sts:GetCallerIdentity";

    private static readonly string[] Targets =
        ["DockerBuild", "EcrLogin", "Push", "RenderTaskDef", "DeployEcs", "WaitStable", "Status", "Logs", "Plan", "Bootstrap"];

    [Test]
    public async Task A_target_asks_for_nothing_beside_its_row()
    {
        var rows = Rows();
        await using var checkout = Checkout.Create();
        Assert.That((await checkout.RunAsync("--target=LocalUp", "--environment=local")).ExitCode, Is.Zero);
        using var cloud = new LocalCloudControl(checkout.Port);
        foreach (var target in Targets)
        {
            await cloud.ForgetCallsAsync();
            var run = await checkout.RunAsync($"--target={target}", "--environment=local", "--exclusive");
            Assert.That(run.ExitCode, Is.Zero, target);
            var calls = await cloud.CallsAsync();

            // The registry's own protocol has other names.
            var asked = calls.Distinct().Where(call => !call.StartsWith("registry:", StringComparison.Ordinal) && call != WithoutRight);
            Assert.That(asked, Is.SubsetOf(rows[target]), target);
        }
    }

    /// <summary>The rights of each target, through the names of its statements.</summary>
    private static Dictionary<string, string[]> Rows()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "docs", "permissions.md")).Select(line => Row().Match(line)).Where(match => match.Success).ToList();
        var statements = rows.Where(row => row.Groups[2].Value.StartsWith('`')).ToDictionary(
            row => row.Groups[1].Value, row => row.Groups[2].Value.Split(", ").Select(right => right.Trim('`')).ToArray());
        return rows.Where(row => row.Groups[1].Value.StartsWith('`') && !row.Groups[1].Value.Contains('=')).ToDictionary(
            row => row.Groups[1].Value.Trim('`'),
            row => row.Groups[2].Value.Split(", ").SelectMany(name => statements.GetValueOrDefault(name, [])).ToArray());
    }

    [GeneratedRegex(@"^\| (`?\w[^|]*?`?) \| (.+?) \|$")]
    private static partial Regex Row();
}
