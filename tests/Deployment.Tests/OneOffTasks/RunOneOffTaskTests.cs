using Slipway.Deployment.OneOffTasks;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;
using Slipway.Deployment.Tests.Reporting;
using Slipway.Deployment.Tests.Rollouts;
using Slipway.Deployment.Tests.Support;
using static Slipway.Deployment.Tests.OneOffTasks.FakeTaskRunner;
using static Slipway.Deployment.Tests.Rollouts.Given;

namespace Slipway.Deployment.Tests.OneOffTasks;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RunOneOffTaskTests : IDisposable
{
    private const string Definition = """
        { "family": "web", "containerDefinitions": [{ "name": "sidecar" }, { "name": "web", "logConfiguration": { "logDriver": "awslogs",
          "options": { "awslogs-group": "/ecs/web", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "ecs" } } }] }
        """;

    private static readonly string[] Migrate = ["dotnet", "app.dll", "migrate"];

    private readonly WaitedClock clock = new(Noon);
    private readonly FakeService ecs = new();
    private readonly FakeTaskRunner runner = new();
    private readonly FakeLogs logs = new();
    private readonly RecordingReport report = new();
    private readonly CancellationTokenSource signal = new();
    private readonly ServiceState service = Service(Rollout(Before, rollout: "COMPLETED", revision: OldRevision, running: 1)) with
    {
        Placement = new TaskPlacement { LaunchType = "FARGATE", Subnets = ["subnet-1"], SecurityGroups = ["sg-1"], PlatformVersion = "1.4.0" },
    };

    private DeploymentSettings settings = TestSettings.Local with
    {
        OneOffTask = new OneOffTaskSettings { Command = Migrate, Container = "web", Env = new Dictionary<string, string> { ["MODE"] = "up" }, Timeout = TimeSpan.FromMinutes(5) },
    };

    public RunOneOffTaskTests() => ecs.Definitions[NewRevision] = new LiveTaskDefinition(NewRevision, Definition);

    public void Dispose() => signal.Dispose();

    [Test]
    public async Task It_runs_the_new_revision_in_the_services_own_network_with_command_and_variables_of_the_named_container()
    {
        runner.Then(Of("RUNNING"), Of("STOPPED", 0));

        await RunAsync();

        var started = runner.Started.Single();
        Assert.That(started.TaskDefinitionArn, Is.EqualTo(NewRevision));
        Assert.That(started.Placement, Is.EqualTo(service.Placement));
        Assert.That((started.Container, started.Command, started.Env["MODE"]), Is.EqualTo(("web", Migrate, "up")));
        Assert.That(started.StartedBy, Does.Match("^[A-Za-z0-9_/-]{8,36}$"));
        Assert.That(report.Facts[^1], Does.Contain("ended well").And.Contain("container 'web', exit code 0"));
    }

    [Test]
    public async Task Its_log_is_told_live_every_line_once_and_the_last_ones_after_its_end()
    {
        var lines = logs.Streams["ecs/web/abc"] = [];
        ITimer? late = null;
        runner.Then(() => Written("one")).Then(() => Written("two", "three")).Then(() =>
        {
            late = clock.CreateTimer(_ => lines.Add(new LogLine(Noon, "late")), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
            return Of("STOPPED", 0) with { StoppedAt = null };
        });
        runner.OnRun = _ => Task.CompletedTask;

        await RunAsync();
        late?.Dispose();

        Assert.That(report.Of("line web"), Is.EqualTo(new[] { "one", "two", "three", "late" }));

        TaskState Written(params string[] texts)
        {
            lines.AddRange(texts.Select(text => new LogLine(Noon, text)));
            return Of("RUNNING");
        }
    }

    [Test]
    public async Task A_sidecars_exit_code_does_not_count()
    {
        runner.Then(Of("STOPPED", 0));

        await Assert.ThatAsync(() => RunAsync(), Throws.Nothing);
    }

    [TestCase(3, "Container 'web' ended with exit code 3.")]
    [TestCase(137, "exit code 137")]
    public async Task Another_exit_code_of_the_named_container_fails_and_leaves_the_service_alone(int code, string words)
    {
        logs.Streams["ecs/web/abc"] = [new LogLine(Noon, "no such table")];
        runner.Then(Of("STOPPED", code, stopCode: "EssentialContainerExited", stoppedReason: "Essential container in task exited"));

        var refusal = await RefusedAsync();

        Assert.That(refusal.ExitCode, Is.EqualTo(ExitCode.DeploymentFailed));
        Assert.That(refusal.Message, Does.Contain("was not changed").And.Contain(words).And.Contain("stop code EssentialContainerExited: Essential container in task exited"));
        Assert.That(refusal.Message, Does.Contain("container 'sidecar': exit code 137").And.Contain("its 1 log lines are shown above").And.Not.Contain("no such table"));
        Assert.That(report.Of("line web"), Is.EqualTo(new[] { "no such table" }));
        Assert.That(refusal.Remedy, Is.Not.Empty);
    }

    [Test]
    public async Task A_task_that_never_started_is_a_failure_with_the_catalogues_cause()
    {
        const string Reason = "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref registry/web@sha256:1: not found";
        runner.Then(Of("STOPPED", stopCode: "TaskFailedToStart", stoppedReason: Reason));

        var refusal = await RefusedAsync();

        Assert.That(refusal.Message, Does.Contain("not in its repository").And.Contain("'web' has no exit code").And.Contain("stop code TaskFailedToStart"));
        Assert.That(refusal.Remedy, Does.Contain("--target=Push"));
    }

    [Test]
    public async Task A_cause_that_the_container_wrote_itself_is_told()
    {
        logs.Streams["ecs/web/abc"] = [new LogLine(Noon, "botocore.exceptions.NoRegionError: You must specify a region.")];
        runner.Then(Of("STOPPED", 1));

        Assert.That((await RefusedAsync()).Message, Does.Contain("does not know its AWS region"));
    }

    [Test]
    public async Task A_task_that_takes_too_long_is_stopped()
    {
        runner.Last = Of("RUNNING");

        var refusal = await RefusedAsync();

        Assert.That(runner.Stopped.Single().Reason, Is.EqualTo("The task took too long."));
        Assert.That(refusal.ExitCode, Is.EqualTo(ExitCode.DeploymentFailed));
        Assert.That(refusal.Message, Does.Contain("did not end within 300 s").And.Contain("Task 'abc' is stopped."));
        Assert.That(refusal.Remedy, Does.Contain("--task-timeout"));
    }

    [Test]
    public async Task A_signal_stops_the_task_first_and_speaks_then()
    {
        runner.Last = Of("RUNNING");
        runner.Then(() =>
        {
            signal.Cancel();
            return Of("RUNNING");
        });

        var refusal = await RefusedAsync();

        Assert.That(refusal.ExitCode, Is.EqualTo(ExitCode.Cancelled));
        Assert.That(runner.Stopped.Single().Reason, Is.EqualTo("The run was cancelled."));
        Assert.That(refusal.Message, Does.Contain("Task 'abc' is stopped.").And.Contain("was not changed"));
    }

    [Test]
    public async Task A_signal_while_the_task_is_being_started_stops_it_too()
    {
        runner.OnRun = async _ => await signal.CancelAsync();

        var refusal = await RefusedAsync();

        Assert.That(refusal.ExitCode, Is.EqualTo(ExitCode.Cancelled));
        Assert.That(runner.Stopped, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_stop_that_hangs_is_given_up_and_said()
    {
        runner.Last = Of("RUNNING");
        runner.Then(() =>
        {
            signal.Cancel();
            return null;
        });
        runner.OnStop = cancellationToken => Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);

        Assert.That((await RefusedAsync()).Message, Does.Contain("could not be stopped and may go on in ECS"));
        Assert.That(clock.GetUtcNow() - Noon, Is.LessThan(TimeSpan.FromSeconds(10)));
    }

    [Test]
    public async Task Sidecars_that_go_on_without_the_container_that_decides_are_stopped()
    {
        runner.Last = Of("RUNNING", 0);

        await RunAsync();

        Assert.That(runner.Stopped.Single().Reason, Is.EqualTo("Container 'web' has ended."));
        Assert.That(report.Facts[^1], Does.Contain("ended well"));
    }

    [Test]
    public async Task A_stop_of_sidecars_that_passing_trouble_prevented_is_tried_again()
    {
        runner.Last = Of("RUNNING", 0);
        var stops = 0;
        runner.OnStop = _ => ++stops == 1 ? Task.FromException(Throttled("stop")) : Task.CompletedTask;

        await RunAsync();

        Assert.That(runner.Stopped.Single().Reason, Is.EqualTo("Container 'web' has ended."));
        Assert.That(report.Facts[^1], Does.Contain("ended well"));
    }

    [Test]
    public async Task At_the_timeout_the_exit_code_of_the_container_that_decides_counts_though_its_sidecars_go_on()
    {
        runner.Last = Of("RUNNING", 0);
        runner.OnStop = _ => Task.FromException(Throttled("stop"));

        await RunAsync();

        Assert.That(report.Of("warning").Single(), Does.Contain("'web' has ended, but its task did not end within 300 s").And.Contain("could not be stopped"));
        Assert.That(report.Facts[^1], Does.Contain("ended well"));
    }

    [Test]
    public async Task At_the_timeout_another_exit_code_is_the_failure_that_is_told()
    {
        runner.Last = Of("RUNNING", 3);
        runner.OnStop = _ => Task.FromException(Throttled("stop"));

        var refusal = await RefusedAsync();

        Assert.That(refusal.Message, Does.Contain("Container 'web' ended with exit code 3.").And.Not.Contain("did not end"));
    }

    [Test]
    public async Task A_timeout_that_leaves_sidecars_no_time_stops_them_and_does_not_fail_the_task()
    {
        settings = settings with { OneOffTask = settings.OneOffTask with { Timeout = TimeSpan.FromSeconds(5) } };
        runner.Last = Of("RUNNING", 0);

        await RunAsync();

        Assert.That(runner.Stopped.Single().Reason, Is.EqualTo("The task took too long."));
        Assert.That(report.Facts[^1], Does.Contain("ended well after 5 s"));
    }

    [Test]
    public async Task What_passes_does_not_end_it()
    {
        runner.Then(() => throw Throttled("describe"))
            .Then((TaskState?)null).Then(Of("STOPPED", 0));

        await Assert.ThatAsync(() => RunAsync(), Throws.Nothing);
    }

    [Test]
    public async Task A_task_that_ECS_never_shows_is_a_failure()
    {
        runner.Then([.. Enumerable.Repeat((TaskState?)null, 200)]);

        Assert.That((await RefusedAsync()).Message, Does.Contain("ECS no longer shows task 'abc'"));
    }

    [TestCase(true, 0)]
    [TestCase(false, 1)]
    public async Task A_task_of_the_same_work_that_ended_well_counts_for_a_gate_and_not_for_RunTask(bool isOnce, int started)
    {
        await RunOnceAsync();
        runner.Known.Add(Of("STOPPED", 0) with { StartedBy = runner.Started[0].StartedBy });
        runner.Started.Clear();
        runner.Then(Of("STOPPED", 0));

        await RunAsync(isOnce);

        Assert.That(runner.Started, Has.Count.EqualTo(started));
    }

    [Test]
    public async Task A_task_of_the_same_work_that_failed_is_run_again()
    {
        await RunOnceAsync();
        runner.Known.Add(Of("STOPPED", 1) with { StartedBy = runner.Started[0].StartedBy });
        runner.Then(Of("STOPPED", 0));

        await RunAsync();

        Assert.That(runner.Started, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_task_of_the_same_work_that_still_runs_is_followed()
    {
        await RunOnceAsync();
        runner.Known.Add(Of("RUNNING") with { StartedBy = runner.Started[0].StartedBy });
        runner.Then(Of("STOPPED", 0));

        await RunAsync();

        Assert.That(runner.Started, Has.Count.EqualTo(1));
        Assert.That(report.Facts, Has.Some.Contains("was started by an earlier run"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_task_of_the_same_work_that_is_being_stopped_has_ended_before_another_one_is_started(bool isOnce)
    {
        await RunOnceAsync();
        runner.Known.Add(Stopping());
        var states = new List<string>();
        runner.OnRun = _ =>
        {
            states.Add(runner.Last.LastStatus);
            runner.Last = Of("PENDING");
            return Task.CompletedTask;
        };
        runner.Then(Stopping(), Stopping(), Of("STOPPED", 143), Of("STOPPED", 0));

        await RunAsync(isOnce);

        Assert.That(states, Is.EqualTo(new[] { "STOPPED" }));
        Assert.That(report.Facts, Has.Some.EqualTo("Task 'abc' of 'web:2' was started by an earlier run and is being stopped; its end is awaited."));
        Assert.That(report.Facts[^1], Does.Contain("ended well"));
    }

    [TestCase(true, 0)]
    [TestCase(false, 1)]
    public async Task A_task_that_is_being_stopped_and_ends_well_counts_for_a_gate_and_not_for_RunTask(bool isOnce, int started)
    {
        await RunOnceAsync();
        var stopping = Stopping(0);
        runner.Known.Add(stopping);
        runner.Started.Clear();
        runner.Then(stopping, Of("STOPPED", 0), Of("STOPPED", 0));

        await RunAsync(isOnce);

        Assert.That(runner.Started, Has.Count.EqualTo(started));
        if (isOnce) Assert.That(report.Facts[^1], Does.Contain("'abc' has done this for 'web:2' already"));
    }

    [Test]
    public async Task Nothing_is_started_beside_a_task_of_the_same_work_whose_stop_does_not_end()
    {
        await RunOnceAsync();
        runner.Last = Stopping();
        runner.Known.Add(runner.Last);
        runner.Started.Clear();

        Assert.That((await RefusedAsync()).Message, Does.Contain("'abc'").And.Contain("did not end within 300 s"));
        Assert.That(runner.Started, Is.Empty);
    }

    [Test]
    public async Task Another_command_or_other_variables_are_other_work()
    {
        var usual = settings.OneOffTask;
        var command = await StartedByAsync(usual with { Command = ["other"] });
        var variables = await StartedByAsync(usual with { Env = new Dictionary<string, string> { ["MODE"] = "down" } });
        var same = await StartedByAsync(usual);
        var again = await StartedByAsync(usual);

        Assert.That(new[] { command, variables, same }, Is.Unique);
        Assert.That(again, Is.EqualTo(same));
    }

    [TestCase("worker", "'web:2' has no container 'worker' for the one-off task.")]
    [TestCase(null, "cannot be told")]
    public async Task A_container_that_is_not_there_is_refused_before_anything_runs(string? container, string words)
    {
        ecs.Definitions[NewRevision] = new LiveTaskDefinition(NewRevision, Definition.Replace("\"family\": \"web\"", "\"family\": \"app\"", StringComparison.Ordinal));
        settings = settings with { OneOffTask = settings.OneOffTask with { Container = container } };

        var refusal = await RefusedAsync();

        Assert.That(refusal.ExitCode, Is.EqualTo(ExitCode.InvalidInput));
        Assert.That(refusal.Message, Does.Contain(words));
        Assert.That(refusal.Remedy, Does.Contain("'sidecar', 'web'").And.Contain("--task-container"));
        Assert.That(runner.Started, Is.Empty);
    }

    [Test]
    public async Task A_task_definition_of_its_own_takes_the_place_of_the_revision()
    {
        ecs.Definitions["migrations"] = new LiveTaskDefinition(OtherRevision, Definition);
        settings = settings with { OneOffTask = settings.OneOffTask with { TaskDefinition = "migrations" } };
        runner.Then(Of("STOPPED", 0));

        await RunAsync();

        Assert.That(runner.Started.Single().TaskDefinitionArn, Is.EqualTo(OtherRevision));
    }

    [Test]
    public async Task Logs_that_may_not_be_read_do_not_fail_the_task()
    {
        runner.Then(Of("STOPPED", 0));
        var refusing = new RefusingLogs();

        await RunAsync(reader: refusing);

        Assert.That(report.Entries.Single(entry => entry.StartsWith("warning", StringComparison.Ordinal)), Does.Contain("AccessDenied"));
    }

    private static TransientServiceException Throttled(string verb) => new($"failed to {verb} task 'abc': ThrottlingException", true, "later", null);

    private TaskState Stopping(int? exitCode = null) =>
        Of("RUNNING", exitCode) with { DesiredStatus = "STOPPED", StartedBy = runner.Started[0].StartedBy };

    private async Task RunOnceAsync()
    {
        runner.Then(Of("STOPPED", 0));
        await RunAsync();
        runner.Last = Of("PENDING");
    }

    private async Task<string> StartedByAsync(OneOffTaskSettings task)
    {
        settings = settings with { OneOffTask = task };
        await RunOnceAsync();
        return runner.Started[^1].StartedBy;
    }

    private async Task<SlipwayException> RefusedAsync() => (await Assert.ThrowsAsync<SlipwayException>(() => RunAsync()))!;

    private async Task RunAsync(bool isOnce = true, ILogReader? reader = null)
    {
        var work = new RunOneOffTask(settings, ecs, runner, reader ?? logs, report, clock)
            .RunAsync(service, NewRevision, settings.OneOffTask.Command, isOnce, signal.Token);
        await clock.RunAsync(work);
        await work;
    }

    private sealed class RefusingLogs : ILogReader
    {
        public Task<LogPage> TailAsync(LogStreamName stream, int lines, CancellationToken cancellationToken) =>
            throw new SlipwayException(ExitCode.PreconditionFailed, "failed to read log stream: AccessDeniedException");

        public Task<LogPage> ReadOnAsync(LogStreamName stream, string nextToken, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("A log that may not be read has no position.");
    }
}
