using Slipway.Build.Output;
using Slipway.Deployment;
using Slipway.Deployment.Rollouts;
using Slipway.Deployment.Rollouts.Reports;
using Slipway.Deployment.Rollouts.Timing;
using Slipway.Deployment.Rollouts.Tracking;
using Spectre.Console.Testing;

namespace Slipway.Build.Tests.Output;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RolloutViewTests : IDisposable
{
    private static readonly RolloutReport Failed = new(
        Verdict.RolledBack, ExitCode.RolledBack, "Deployment 'ecs-svc/2' of service 'web' failed, and ECS rolled back to 'web:1'.",
        new RolloutFailure("The image is not there.", "push it") { Key = "image-missing" },
        new RolloutEvidence(
            new DeploymentEvidence("ROLLBACK_SUCCESSFUL", "ECS deployment circuit breaker: tasks failed to start.", null, [], 2, 0, 1, 3),
            [
                new TaskGroupEvidence("image-missing", "CannotPullContainerError: not found", "TaskFailedToStart", 2, 1, ["a", "b", "c"], [new("web", 137, 2), new("side", 0, 1)]),
                new TaskGroupEvidence(null, "waits in PROVISIONING", null, 0, 1, ["d"], []),
            ],
            new CircuitBreakerEvidence("TRIGGERED", 3, 3),
            [new TargetHealthEvidence(default, "port 8000 in target group 'web'", "Request timed out", 2)],
            [new EventEvidence(new DateTimeOffset(2026, 3, 1, 12, 0, 5, TimeSpan.Zero), "(service web) has started 1 tasks")],
            ["the logs: AccessDeniedException"]))
    {
        Remedy = "push it",
        Logs = [new ContainerLog("web", "a", "/ecs/web, stream ecs/web/a", ["line 1", "``` | <b>"], null)],
        Links = [new ReportLink("service", "https://us-east-1.console.aws.amazon.com/ecs/v2/clusters/parrot/services/web/health?region=us-east-1")],
    };

    private static readonly RolloutReport Succeeded = new(Verdict.Succeeded, ExitCode.Done, "Service 'web' is stable.", null, RolloutEvidence.None)
    {
        Timing = new RolloutTiming(130, "a", [new("image pull", 26), new("health check", 94)], 10, ["draining"], ["health check 94 s of 130 s: interval 30 s"]),
    };

    private readonly TestConsole console = new TestConsole().Width(80);

    private IReadOnlyList<string> Lines => [.. console.Lines.Select(line => line.TrimEnd())];

    public void Dispose() => console.Dispose();

    [Test]
    public void A_failure_is_one_block_in_columns()
    {
        new ConsoleReport(console, live: true).Rollout(Failed);

        Assert.That(Lines, Is.EqualTo(new[]
        {
            "  Deployment 'ecs-svc/2' of service 'web' failed, and ECS rolled back to",
            "      'web:1'.",
            "  Cause       The image is not there. [image-missing]",
            "  Try         push it",
            "  Deployment  ROLLBACK_SUCCESSFUL, 0 of 2 running, 1 pending, 3 failed",
            "              ECS deployment circuit breaker: tasks failed to start.",
            "  Breaker     3 of 3 failures (TRIGGERED)",
            "  Tasks       2 stopped (TaskFailedToStart), 1 pending:",
            "                CannotPullContainerError: not found",
            "                ids: a, b, c",
            "                exit codes: web 137 (2 ×), side 0",
            "              1 pending: waits in PROVISIONING",
            "                ids: d",
            "  Targets     port 8000 in target group 'web': Request timed out (2 ×)",
            "  Events      12:00:05  (service web) has started 1 tasks",
            "  Log         container 'web' of task a, /ecs/web, stream ecs/web/a: its last",
            "                2 lines",
            "              | line 1",
            "              | ``` | <b>",
            "  Not read    the logs: AccessDeniedException",
            "  See         service: https://us-east-1.console.aws.amazon.com/ecs/v2/clusters/parrot/services/web/health?region=us-east-1",
        }));
    }

    [Test]
    public void A_success_is_one_line_and_in_full_where_details_are_asked_for()
    {
        new ConsoleReport(console, live: false).Rollout(Succeeded);
        Assert.That(Lines, Has.Count.LessThanOrEqualTo(4).And.Some.Contains("Where the time went: 130 s: image pull 26 s, health check 94 s; 10 s"));
        Assert.That(Lines, Has.Some.Contains("Advice: health check 94 s of 130 s: interval 30 s."));

        new ConsoleReport(console, live: false) { Verbose = true }.Rollout(Succeeded);
        Assert.That(Lines, Has.Some.EqualTo("                 26 s  image pull").And.Some.Contains("unknown, for lack of timestamps that fit: draining"));
    }

    [Test]
    public void In_GitHub_Actions_the_block_stands_outside_of_groups_and_the_cause_is_marked_and_in_the_summary()
    {
        using var run = new ActionsRun();
        run.Report.Target("WaitStable");

        run.Report.Rollout(Failed);

        Assert.That(run.Lines.Take(3), Is.EqualTo(new[]
        {
            "::group::WaitStable", "::endgroup::", "  Deployment 'ecs-svc/2' of service 'web' failed, and ECS rolled back to 'web:1'.",
        }));
        Assert.That(run.Lines[^1], Is.EqualTo("::error title=rolled-back%3A image-missing::The image is not there. Try: push it"));
        Assert.That(run.Summary, Does.StartWith("before\n## Rollout failed: rolled-back\n").And.Contain("**The image is not there.** `image-missing`"));
        Assert.That(run.Summary, Does.Contain("| 2 stopped (TaskFailedToStart), 1 pending | CannotPullContainerError: not found | web 137 (2 ×), side 0 | a |"));
        Assert.That(run.Summary.Split('\n').Count(line => line.StartsWith("```", StringComparison.Ordinal)), Is.EqualTo(2), "a log line cannot end its block");
    }

    [Test]
    public void A_summary_that_cannot_be_written_is_a_warning_only()
    {
        using var run = new ActionsRun(("GITHUB_STEP_SUMMARY", "/nowhere/at/all.md"));

        run.Report.Rollout(Failed);

        Assert.That(run.Lines[^1], Is.EqualTo("  Warning: The page was not added to the file that GITHUB_STEP_SUMMARY names: DirectoryNotFoundException."));
    }
}
