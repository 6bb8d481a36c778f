using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Rollouts;
using Slipway.Deployment.Rollouts.Reports;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;
using Slipway.Deployment.Tests.Reporting;
using Slipway.Deployment.Tests.Support;
using static Slipway.Deployment.Tests.Rollouts.Given;

namespace Slipway.Deployment.Tests.Rollouts;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class WaitForStableTests : IDisposable
{
    private const string Definition = """
        { "family": "web", "containerDefinitions": [{ "name": "web", "logConfiguration": { "logDriver": "awslogs",
          "options": { "awslogs-group": "/ecs/web", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "ecs" } } }] }
        """;

    private readonly TemporaryFolder folder = new();
    private readonly WaitedClock clock = new(Noon);
    private readonly FakeService service = new();
    private readonly FakeLogs logs = new();
    private readonly RecordingReport report = new();
    private readonly ArtifactStore store;

    public WaitForStableTests()
    {
        store = new ArtifactStore(folder.Path, "local");
        service.Definitions[NewRevision] = new LiveTaskDefinition(NewRevision, Definition);
        Write(nothingToDo: false);
    }

    private OutcomeArtifact Outcome => store.Read<OutcomeArtifact>();

    public void Dispose() => folder.Dispose();

    [Test]
    public async Task A_stable_deployment_is_a_success()
    {
        Complete();

        var outcome = await WaitAsync();

        Assert.That(outcome.Verdict, Is.EqualTo("succeeded"));
        Assert.That(Outcome.Verdict, Is.EqualTo("succeeded"));
        Assert.That(report.Facts.Single(), Does.Contain("is stable on 'web:2'").And.Contain("1 of 1 tasks run").And.Contain(Digest));
    }

    [Test]
    public async Task Nothing_to_do_is_verified_and_said()
    {
        Write(nothingToDo: true);
        Complete();
        service.State = service.State! with { Events = [Event("1", "old news")] };

        var outcome = await WaitAsync();

        Assert.That(report.Of("line event"), Is.Empty);

        Assert.That(outcome.Verdict, Is.EqualTo("nothing-to-do"));
        Assert.That(service.Looks, Is.EqualTo(1));
        Assert.That(report.Facts.Single(), Does.Contain("as before"));
    }

    [Test]
    public async Task Nothing_to_do_that_is_no_longer_true_is_found_out()
    {
        Write(nothingToDo: true);
        service.State = Service(Rollout(Other, revision: OtherRevision));

        Assert.That((await RefusedAsync()).ExitCode, Is.EqualTo(ExitCode.Superseded));
    }

    [Test]
    public async Task A_crashing_container_is_told_with_exit_code_log_lines_and_remedy()
    {
        service.State = Service(Rollout(failed: 3)) with { Events = [Event("2", "(service web) has started 1 tasks", 2), Event("1", "old news", -1)] };
        service.Tasks.AddRange([Stopped("t3", "Essential container in task exited", 3), Stopped("t2", "Essential container in task exited", 3), Stopped("t1", "x", 3)]);
        logs.Streams["ecs/web/t3"] = [.. Enumerable.Range(1, 40).Select(line => new LogLine(Noon, $"line {line}\u001b[31m password=hunter2"))];

        var refusal = await RefusedAsync();

        Assert.That(refusal.ExitCode, Is.EqualTo(ExitCode.DeploymentFailed));
        Assert.That(refusal.Message, Does.Contain("'ecs-svc/2222'").And.Contain("container 'web', exit code 3"));
        Assert.That(refusal.Remedy, Is.Not.Empty);
        var rows = string.Join('\n', RolloutRows.Of(report.Rollouts.Single()).Select(row => $"{row.Label}: {row.Text}"));
        Assert.That(rows, Does.Contain("Tasks: 3 stopped (EssentialContainerExited)").And.Contain("exit codes: web 3 (3 ×)"));
        Assert.That(rows, Does.Contain("(service web) has started 1 tasks").And.Not.Contain("old news"));
        Assert.That(rows, Does.Contain("| line 40[31m password=(hidden)").And.Contain("| line 11").And.Not.Contain("| line 10[").And.Not.Contain("hunter2"));
        Assert.That(store.ReadText("report.md"), Does.Contain("exit code 3").And.Contain("line 40").And.Not.Contain("hunter2"));
    }

    [Test]
    public async Task The_outcome_holds_cause_evidence_and_ids_and_no_log_lines()
    {
        service.State = Service(Rollout(failed: 3)) with { Events = [Event("2", "(service web) has started 1 tasks", 2)] };
        service.ServiceDeployment = new ServiceDeploymentState("arn:aws:ecs:us-east-1:123456789012:service-deployment/parrot/web/1", "IN_PROGRESS")
        {
            Breaker = new CircuitBreakerState("MONITORING", 2, 3),
        };
        service.Tasks.AddRange([Stopped("t3", "x", 3), Stopped("t2", "x", 3), Stopped("t1", "x", 3)]);
        logs.Streams["ecs/web/t3"] = [new LogLine(Noon, "line 1")];

        await RefusedAsync();

        Assert.That((Outcome.Schema, Outcome.Verdict, Outcome.ExitCode), Is.EqualTo((2, "failed", 6)));
        Assert.That(Outcome.Cause!.Key, Is.EqualTo("exit"));
        Assert.That(Outcome.Deployment.DeploymentId, Is.EqualTo(Ours));
        var group = Outcome.Evidence.Tasks.Single();
        Assert.That((group.Cause, group.Stopped, group.Pending, group.StopCode), Is.EqualTo(("exit", 3, 0, "EssentialContainerExited")));
        Assert.That(group.ExitCodes.Single(), Is.EqualTo(new ExitCodeEvidence("web", 3, 3)));
        Assert.That(Outcome.Evidence.Events.Single().Message, Does.Contain("has started"));
        var text = store.ReadText("outcome.json");
        Assert.That(text, Does.Not.Contain("line 1").And.Not.Contain(folder.Path));
    }

    [Test]
    public async Task A_diagnosis_that_gets_no_answer_ends_in_time_and_hides_no_verdict()
    {
        service.State = Service(Rollout(failed: 1));
        service.Tasks.Add(PullFailed("a"));
        service.BeforeTasks = async (look, cancellationToken) =>
        {
            if (look > 1) await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);
        };

        var refusal = await RefusedAsync();

        Assert.That(refusal.ExitCode, Is.EqualTo(ExitCode.DeploymentFailed));
        Assert.That(Outcome.Cause!.Key, Is.EqualTo("image-missing"));
        Assert.That(Outcome.Evidence.NotRead, Has.Some.EqualTo("the tasks: no answer within 15 s"));
    }

    [Test]
    public async Task A_cancelled_diagnosis_still_writes_the_outcome_with_its_verdict()
    {
        using var cancellation = new CancellationTokenSource();
        service.State = Service(Rollout(failed: 1));
        service.Tasks.Add(PullFailed("a"));
        service.BeforeTasks = async (look, cancellationToken) =>
        {
            if (look == 1) return;
            await cancellation.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        };

        var refusal = await Assert.ThrowsAsync<SlipwayException>(() => WaitAsync(cancellationToken: cancellation.Token));

        Assert.That(refusal!.ExitCode, Is.EqualTo(ExitCode.DeploymentFailed));
        Assert.That(Outcome.Verdict, Is.EqualTo("failed"));
        Assert.That(Outcome.Evidence.NotRead, Has.Some.EqualTo("the tasks: the run was cancelled"));
    }

    [Test]
    public async Task What_cannot_be_read_for_any_reason_is_said()
    {
        service.State = Service(Rollout(failed: 3));
        service.Tasks.AddRange([Stopped("c", "x", 1), Stopped("b", "x", 1), Stopped("a", "x", 1)]);
        logs.Trouble = new InvalidOperationException("odd\u001b[2J");

        var refusal = await RefusedAsync();

        Assert.That(refusal.Message, Does.Contain("exit code 1"));
        Assert.That(Outcome.Evidence.NotRead.Single(), Is.EqualTo("the logs: InvalidOperationException odd[2J"));
    }

    [Test]
    public async Task What_the_load_balancer_says_is_told_by_the_events()
    {
        const string Unhealthy = "(service web) (port 8000) is unhealthy in (target-group arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0f1e) due to (reason Request timed out).";
        service.State = Service(Rollout(failed: 3)) with { Events = [Event("3", Unhealthy, 3), Event("2", Unhealthy, 2)] };
        service.Tasks.AddRange("cba".Select(id => Stopped($"{id}", "Task failed ELB health checks in (target-group arn:x)", 137)));

        await RefusedAsync();

        Assert.That(Outcome.Cause!.Key, Is.EqualTo("load-balancer-timeout"));
        Assert.That(Outcome.Evidence.TargetHealth.Single(), Is.EqualTo(new TargetHealthEvidence(Noon.AddSeconds(3), "port 8000 in target group 'web'", "Request timed out", 2)));
    }

    [Test]
    public async Task A_rollback_has_an_exit_code_of_its_own()
    {
        service.BeforeLook = look => service.State = look < 4
            ? Service(Rollout(failed: 2)).WithRollback()
            : Service(Rollout(Other, rollout: "COMPLETED", revision: OldRevision, running: 1)).WithRollback();
        service.Tasks.AddRange([PullFailed("a"), PullFailed("b")]);

        var refusal = await RefusedAsync();

        Assert.That(refusal.ExitCode, Is.EqualTo(ExitCode.RolledBack));
        Assert.That(refusal.Message, Does.Contain($"rolled back to '{OldRevision}'").And.Contain("not in its repository"));
        Assert.That(refusal.Remedy, Does.Contain("--target=Push"));
        Assert.That(Outcome.Verdict, Is.EqualTo("rolled-back"));
    }

    [Test]
    public async Task A_superseded_deployment_names_the_other_one()
    {
        service.State = Service(Rollout(Other, revision: OtherRevision), Rollout(status: "ACTIVE"));

        var refusal = await RefusedAsync();

        Assert.That(refusal.ExitCode, Is.EqualTo(ExitCode.Superseded));
        Assert.That(refusal.Message, Does.Contain(Other).And.Contain(OtherRevision));
        Assert.That(Outcome.Verdict, Is.EqualTo("superseded"));
    }

    [Test]
    public async Task A_timeout_says_what_was_open_and_how_to_go_on()
    {
        service.State = Service(Rollout(pending: 1)) with { Events = [Event("1", "(service web) was unable to place a task because of RESOURCE:MEMORY")] };

        var refusal = await RefusedAsync();

        Assert.That(refusal.ExitCode, Is.EqualTo(ExitCode.TimedOut));
        Assert.That(refusal.Message, Does.Contain("did not end within 60 s").And.Contain("1 pending").And.Contain("No container instance of the cluster has room"));
        Assert.That(Outcome.Verdict, Is.EqualTo("timed-out"));
    }

    [Test]
    public async Task A_timeout_without_a_known_cause_says_how_to_go_on()
    {
        service.State = Service(Rollout(pending: 1));

        Assert.That((await RefusedAsync()).Remedy, Does.StartWith("./build.sh --target=WaitStable --environment=local --exclusive"));
    }

    [Test]
    public async Task A_cancelled_wait_says_that_the_deployment_goes_on_and_how_to_resume()
    {
        using var cancellation = new CancellationTokenSource();
        service.State = Service(Rollout(pending: 1));
        service.BeforeLook = _ => cancellation.Cancel();

        var refusal = await Assert.ThrowsAsync<SlipwayException>(() => WaitAsync(cancellationToken: cancellation.Token));

        Assert.That(refusal!.ExitCode, Is.EqualTo(ExitCode.Cancelled));
        Assert.That(refusal.Message, Does.Contain("goes on in ECS"));
        Assert.That(refusal.Remedy, Does.StartWith("./build.sh --target=WaitStable --environment=local --exclusive"));
        Assert.That(Outcome.Verdict, Is.EqualTo("cancelled"));
    }

    [Test]
    public async Task A_wrong_architecture_is_recognised_in_the_log()
    {
        service.State = Service(Rollout(failed: 3));
        service.Tasks.AddRange([Stopped("c", "x", 255), Stopped("b", "x", 255), Stopped("a", "x", 255)]);
        logs.Streams["ecs/web/c"] = [new LogLine(Noon, "exec /app/web: exec format error")];

        Assert.That((await RefusedAsync()).Message, Does.Contain("platform"));
    }

    [Test]
    public async Task A_wait_that_ends_without_an_outcome_leaves_none_of_an_earlier_run()
    {
        Complete();
        await WaitAsync();
        service.FailNextLooks(1, () => new SlipwayException(ExitCode.PreconditionFailed, "the session has ended"));

        await RefusedAsync();

        Assert.That(store.Exists("outcome.json") || store.Exists("report.md"), Is.False);
    }

    [Test]
    public async Task A_success_says_what_runs_and_where_its_time_went()
    {
        Complete();
        service.State = Service(Rollout(rollout: "COMPLETED", running: 1) with { UpdatedAt = Noon.AddSeconds(30) });
        service.Tasks.Clear();
        service.Tasks.Add(Running() with { CreatedAt = Noon, PullStartedAt = Noon.AddSeconds(4), PullStoppedAt = Noon.AddSeconds(9), StartedAt = Noon.AddSeconds(10) });

        var outcome = await WaitAsync();

        Assert.That(outcome.Images, Is.EqualTo(new OutcomeImages(Digest, outcome.Images!.Running)));
        Assert.That(outcome.Images.Running, Is.EqualTo(new[] { Digest }));
        Assert.That(outcome.Timing!.Summary, Is.EqualTo("30 s: provisioning 4 s, image pull 5 s, container start 1 s, health check 20 s"));
        Assert.That(outcome.Cause, Is.Null);
        Assert.That(store.ReadText("report.md"), Does.StartWith("## Rollout: succeeded\n").And.Contain("| image pull | 5 s |"));
        Assert.That(Outcome.Timing!.Parts, Is.EqualTo(outcome.Timing.Parts), "as it was written");
    }

    [Test]
    public async Task Another_region_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<SlipwayException>(() => WaitAsync(TestSettings.Local with { Region = "eu-west-1" }));

        Assert.That(refusal!.Remedy, Does.Contain("--region=us-east-1"));
    }

    [TestCase("123456789012", true)]
    [TestCase("210987654321", false)]
    public async Task Only_the_account_of_the_deployment_is_looked_at(string account, bool isTheirs)
    {
        Complete();
        var wait = new WaitForStable(TestSettings.Local, store, service, logs, report, clock) { Identity = new FakeIdentity(account) };

        var work = wait.RunAsync(CancellationToken.None);
        await clock.RunAsync(Task.WhenAny(work));

        if (isTheirs)
        {
            Assert.That((await work).Verdict, Is.EqualTo("succeeded"));
            return;
        }

        var refusal = (await Assert.ThrowsAsync<SlipwayException>(() => work))!;
        Assert.That(refusal.ExitCode, Is.EqualTo(ExitCode.PreconditionFailed));
        Assert.That(refusal.Message, Does.Contain("is about account 123456789012, but the credentials belong to account 210987654321"));
        Assert.That(service.Looks, Is.Zero);
    }

    [Test]
    public async Task Without_a_deployment_the_target_to_run_is_named()
    {
        store.Remove<DeploymentArtifact>();

        var refusal = await Assert.ThrowsAsync<SlipwayException>(() => WaitAsync());

        Assert.That(refusal!.ExitCode, Is.EqualTo(ExitCode.PreconditionFailed));
        Assert.That(refusal.Remedy, Does.Contain("--target=DeployEcs"));
    }

    private void Complete()
    {
        service.State = Service(Rollout(rollout: "COMPLETED", running: 1));
        service.Tasks.Add(Running());
    }

    private void Write(bool nothingToDo) => store.Write(new DeploymentArtifact(
        DeploymentArtifact.CurrentSchema, "local", null, "us-east-1", "123456789012", "parrot", "web", NewRevision, OldRevision, Ours, null, nothingToDo, Digest, Noon));

    private async Task<SlipwayException> RefusedAsync() => (await Assert.ThrowsAsync<SlipwayException>(() => WaitAsync()))!;

    private async Task<OutcomeArtifact> WaitAsync(DeploymentSettings? settings = null, CancellationToken cancellationToken = default)
    {
        var chosen = (settings ?? TestSettings.Local) with { Timeout = TimeSpan.FromMinutes(1) };
        var wait = new WaitForStable(chosen, store, service, logs, report, clock).RunAsync(cancellationToken);
        await clock.RunAsync(wait);
        return await wait;
    }
}
