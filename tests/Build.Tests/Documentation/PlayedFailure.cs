using System.Net;
using Amazon.Runtime;
using Slipway.Build.Hosting;
using Slipway.Build.Output;
using Slipway.Deployment;
using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Aws;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Rollouts;
using Slipway.Deployment.Rollouts.Failures;
using Slipway.Deployment.Rollouts.Reports;
using Slipway.Deployment.Services;
using Slipway.Deployment.Tests.Rollouts;
using Slipway.Deployment.Tests.Support;
using Spectre.Console.Testing;
using static Slipway.Deployment.Tests.Rollouts.Given;

namespace Slipway.Build.Tests.Documentation;

/// <summary>Plays what ECS says when a cause is there to WaitStable's real work, and keeps what the console shows.</summary>
internal static class PlayedFailure
{
    private const string Definition = """
        { "family": "web", "containerDefinitions": [{ "name": "web", "logConfiguration": { "logDriver": "awslogs",
          "options": { "awslogs-group": "/ecs/web", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "ecs" } } }] }
        """;

    private static readonly string[] Ids = ["2f3c9d0e51b84a6f8c7d1e0a9b8c7d6e", "7a6b5c4d3e2f41a0b9c8d7e6f5a4b3c2", "0c1d2e3f4a5b46c7d8e9f0a1b2c3d4e5"];

    /// <summary>The report of a rollout that fails for this reason, or the error of a call that is refused for it.</summary>
    /// <param name="key">The cause that must be found.</param>
    /// <param name="example">What is said.</param>
    /// <param name="width">Of the terminal; null: a pipe.</param>
    public static async Task<(string Text, string? Verdict)> ShowAsync(string key, FailureExample example, int? width)
    {
        using var console = new TestConsole().Width(width ?? 10_000);
        var report = new ConsoleReport(console, live: width is not null);
        string? verdict = null;
        if (example.Source == FailureSource.Api)
        {
            Refuse(report, example.Text);
        }
        else
        {
            var outcome = await WaitAsync(report, example);
            verdict = outcome.Verdict;
            Assert.That(outcome.Cause?.Key, Is.EqualTo(key), "the cause in outcome.json");
        }

        return (string.Join('\n', console.Lines.Select(line => line.TrimEnd())).Trim('\n'), verdict);
    }

    private static void Refuse(ConsoleReport report, string text)
    {
        var (code, message) = text.Split(": ", 2) is [var first, var second] ? (first, second) : throw new InvalidOperationException(text);
        var operation = new AwsOperation("ecs:UpdateService", "update", "service", "web");
        var answer = new AmazonServiceException(message, ErrorType.Sender, code, "request", HttpStatusCode.BadRequest);
        Ending.Tell(new Outcome { Target = "DeployEcs", Error = new AwsErrors("us-east-1", null).Translate(operation, answer) }, report, cancelled: false);
    }

    private static async Task<OutcomeArtifact> WaitAsync(ConsoleReport console, FailureExample example)
    {
        using var folder = new TemporaryFolder();
        var clock = new WaitedClock(Noon);
        var service = new FakeService();
        var logs = new FakeLogs();
        var store = new ArtifactStore(folder.Path, "local");
        store.Write(new DeploymentArtifact(
            DeploymentArtifact.CurrentSchema, "local", null, "us-east-1", "123456789012", "parrot", "web", NewRevision, OldRevision, Ours, null, false, Digest, Noon));
        service.Definitions[NewRevision] = new LiveTaskDefinition(NewRevision, Definition);
        Prepare(service, logs, example);

        var settings = TestSettings.Local with { Timeout = TimeSpan.FromMinutes(1) };
        var wait = new WaitForStable(settings, store, service, logs, new OnlyRollouts(console), clock).RunAsync(CancellationToken.None);
        await clock.RunAsync(wait);
        await Assert.ThatAsync(() => wait, Throws.InstanceOf<SlipwayException>());
        return store.Read<OutcomeArtifact>();
    }

    private static void Prepare(FakeService service, FakeLogs logs, FailureExample example)
    {
        ServiceEvent[] started = [Event("1", $"(service web) has started 1 tasks: (task {Ids[^1]}).", 2)];
        if (example.Source == FailureSource.Event && example.Text.Contains("is unhealthy in", StringComparison.Ordinal))
        {
            service.State = Service(Rollout(failed: 3)) with { Events = [Event("3", example.Text, 30), .. started] };
            service.Tasks.AddRange(Ids.Select(id => Stopped(
                id, "Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0f1e)", 143,
                stopCode: "ServiceSchedulerInitiated")));
            return;
        }

        if (example.Source == FailureSource.Event)
        {
            service.State = Service(IsVerdict(example.Text) ? Rollout(rollout: "FAILED", failed: 3, reason: example.Text) : Rollout(pending: 1)) with
            {
                Events = [Event("3", example.Text, 30), .. started],
            };
            return;
        }

        service.State = Service(Rollout(failed: 3)) with { Events = started };
        var exitCode = example.Source == FailureSource.Log ? 1 : example.ExitCode;
        var reason = example.Source == FailureSource.Log ? "Essential container in task exited" : example.Text;
        var parts = reason.Split("; ", 2);
        service.Tasks.AddRange(Ids.Select(id => Stopped(id, parts[0], exitCode, parts.ElementAtOrDefault(1), StopCode(reason, exitCode))));
        if (exitCode is null) return;
        logs.Streams[$"ecs/web/{Ids[0]}"] = example.Source == FailureSource.Log
            ? [new LogLine(Noon, example.Text)]
            : [new LogLine(Noon, "info: Slipway.StreamMlService[0] starting"), new LogLine(Noon, "info: settings read, DB_PASSWORD=correct-horse")];
    }

    private static bool IsVerdict(string text) =>
        text.Contains("deployment failed", StringComparison.Ordinal) || text.StartsWith("ECS deployment circuit breaker", StringComparison.Ordinal);

    private static string StopCode(string reason, int? exitCode) =>
        reason.StartsWith("Your Spot", StringComparison.Ordinal) ? "SpotInterruption"
        : reason.StartsWith("Host EC2", StringComparison.Ordinal) ? "TerminationNotice"
        : reason.Contains("by user", StringComparison.Ordinal) ? "UserInitiated"
        : reason.StartsWith("Task failed", StringComparison.Ordinal) ? "ServiceSchedulerInitiated"
        : exitCode is null ? "TaskFailedToStart"
        : "EssentialContainerExited";

    /// <summary>The report alone: the lines before it are those of every wait.</summary>
    private sealed class OnlyRollouts(IReport inner) : IReport
    {
        public void Fact(string text)
        {
        }

        public void Detail(string text)
        {
        }

        public void Warning(string text)
        {
        }

        public void Progress(string text)
        {
        }

        public void Line(string source, string text)
        {
        }

        public void Rollout(RolloutReport rollout) => inner.Rollout(rollout);
    }
}
