using Slipway.Deployment.Rollouts;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;
using static Slipway.Deployment.Tests.Rollouts.Given;
using static Slipway.Deployment.Tests.Rollouts.Scenarios.Scenery;

namespace Slipway.Deployment.Tests.Rollouts.Scenarios;

/// <summary>Deployments that come up, whatever ECS, the network and the clock do meanwhile.</summary>
internal static class SuccessScenarios
{
    private static readonly Scenario Normal = new Scenario(nameof(Normal))
        .At(0, Starting, "PENDING").At(3, Starting, "IN_PROGRESS", Pending("task1")).At(20, Up, "IN_PROGRESS", Running())
        .At(60, Done, "SUCCESSFUL", Running());

    public static IEnumerable<Scenario> All()
    {
        var normal = Succeeds("it comes up step by step", Normal, "stable on 'web:2'", Digest).By(61.5);
        yield return normal;
        yield return normal.ById();
        yield return Succeeds("the service deployment is not written down and is found", Normal with { KnowsArn = false }, Arn);
        yield return Succeeds("the service deployment is listed late", new Scenario("").At(0, Up, (ServiceDeploymentState?)null, Running()).At(12, Up, "IN_PROGRESS", Running()).At(30, Done, "SUCCESSFUL", Running()) with { KnowsArn = false }, Arn);
        yield return Succeeds("the service deployment is never shown", new Scenario("").At(0, Up, (ServiceDeploymentState?)null, Running()).At(60, Done, (ServiceDeploymentState?)null, Running()), "following deployment 'ecs-svc/2222' by its id");

        var between = Succeeds("it ends before the first look", new Scenario("").At(0, Done, "SUCCESSFUL", Running())).By(0.5);
        yield return between;
        yield return between.ById();

        var stale = Succeeds("the state from before is shown at first", Prepend(Normal, (0, AsBefore), (4, AsBefore)));
        yield return stale;
        yield return stale.ById();

        var flapping = Succeeds("two replicas of ECS answer in turn", Normal with { Scenes = [.. Enumerable.Range(0, 60).Select(second => second % 2 == 0 ? new Scene(second, AsBefore, Ours("IN_PROGRESS"), []) : new Scene(second, Up, Ours("IN_PROGRESS"), [Running()])), new Scene(60, Done, Ours("SUCCESSFUL"), [Running()])] });
        yield return flapping;
        yield return flapping.ById();

        var none = Succeeds("the desired count is 0", new Scenario("").At(0, Service(Rollout(desired: 0)), "IN_PROGRESS").At(5, Service(Rollout(rollout: "COMPLETED", desired: 0)), "SUCCESSFUL"), "desired count is 0", "nothing runs");
        yield return none;
        yield return none.ById();

        var forced = Succeeds("the same task definition is forced again", Normal with { Previous = NewRevision });
        yield return forced;
        yield return forced.ById();

        yield return Succeeds("the cloud reports no digests", Last(Normal, Done, Running(digest: null)), "digest not reported");
        yield return Succeeds("the tasks report a manifest of the pushed index", Last(Normal, Done, Running(digest: ChildDigest)), "stable on 'web:2'");
        yield return Succeeds("a sidecar has a digest of its own", Last(Normal, Done, WithSidecar(Running())), Digest);
        yield return Succeeds("ECS is successful before it shows the tasks", Last(Normal, Done).At(70, Done, "SUCCESSFUL", Running())).By(72);
        yield return Succeeds("a task dies after the success and is replaced", Last(Normal, Service(Rollout(rollout: "COMPLETED", pending: 1)), Crashed(1, 1)).At(90, Done, "SUCCESSFUL", Running()));
        yield return Succeeds("two crashes before it comes up", new Scenario("").At(0, Failing, "IN_PROGRESS", Crashed(2, 1)).At(60, Up, "IN_PROGRESS", [Running(), .. Crashed(2, 1)]).At(80, Done, "SUCCESSFUL", [Running(), .. Crashed(2, 1)]));
        yield return Succeeds("a slow pull", new Scenario("").At(0, Starting, "IN_PROGRESS", Pending("task1")).At(480, Up, "IN_PROGRESS", Running()).At(500, Done, "SUCCESSFUL", Running()));
        yield return Succeeds("no capacity for some minutes", new Scenario("").At(0, Starting.Saying("(service web) was unable to place a task. Reason: Capacity is unavailable at this time."), "IN_PROGRESS").At(300, Up, "IN_PROGRESS", Running()).At(320, Done, "SUCCESSFUL", Running()), "Capacity is unavailable");
        yield return Succeeds("more than a hundred events, many of one moment", Normal with { Scenes = [.. Normal.Scenes.Select(scene => scene with { Service = scene.Service! with { Events = [.. Enumerable.Range(0, 100).Select(index => Event($"{scene.At}-{index}", $"event {scene.At}-{99 - index}.", 1))] } })] }, "event 0-0.", "event 60-99.");
        yield return Succeeds("nothing was to do", new Scenario("") { NothingToDo = true }.At(0, Done, "SUCCESSFUL", Running()), "as before") is var nothing ? nothing.Ends(Verdict.NothingToDo, ExitCode.Done, "as before") : throw new InvalidOperationException();
        yield return Succeeds("resumed hours later", new Scenario("").At(0, Done with { Deployments = [Rollout(rollout: "COMPLETED", running: 1) with { CreatedAt = Noon.AddHours(-5) }] }, Ours("SUCCESSFUL") with { CreatedAt = Noon.AddHours(-5) }, Running())).By(1);
        yield return Succeeds("resumed when the same was deployed again since", new Scenario("").At(0, Service(Newer(Rollout(Other, rollout: "COMPLETED", running: 1))), "SUCCESSFUL", Running(startedBy: Other)), "of the same task definition runs now");

        var random = new Random(7);
        yield return Succeeds("half of the calls are throttled", Normal with { Trouble = (_, call) => random.NextDouble() < 0.5 ? Throttled(call) : null }, "Rate exceeded");
        yield return Succeeds("three of ten calls fail with 5xx", Normal with { Trouble = (_, call) => random.NextDouble() < 0.3 ? Passing(call, "status 503") : null }, "status 503");
        yield return Succeeds("two of ten connections are reset", Normal with { Trouble = (_, call) => random.NextDouble() < 0.2 ? Passing(call, "no connection (ConnectionReset)") : null }, "ConnectionReset");
        var malformed = 1;
        yield return Succeeds("one answer is malformed", Normal with { Trouble = (at, call) => at > 5 && malformed-- == 1 ? Passing(call, "the answer could not be read") : null }, "could not be read").By(70);
        yield return Succeeds("the tasks cannot be read for half a minute", Normal with { Trouble = (at, call) => call == "DescribeTasks" && at is > 55 and < 85 ? Throttled(call) : null });
        yield return Succeeds("the clock is set forward by a day", Normal with { ClockSteps = [(10, TimeSpan.FromDays(1))] }).By(61.5);
        yield return Succeeds("the clock is set back by a day", Normal with { ClockSteps = [(10, TimeSpan.FromDays(-1))] }).By(61.5);
        yield return Succeeds("the clock jumps to and fro", Normal with { ClockSteps = [(5, TimeSpan.FromHours(3)), (15, TimeSpan.FromHours(-6)), (25, TimeSpan.FromHours(3))] }).By(61.5);

        var blueGreen = new Scenario("").At(0, Starting.BlueGreen(), AtStage("SCALE_UP"), Pending("task1")).At(30, Up.BlueGreen(), AtStage("TEST_TRAFFIC_SHIFT"), Running())
            .At(50, Up.BlueGreen(), AtStage("BAKE_TIME"), Running()).At(120, Done.BlueGreen(), "SUCCESSFUL", Running());
        yield return Succeeds("blue/green through its stages", blueGreen, "Stage TEST_TRAFFIC_SHIFT", "Stage BAKE_TIME").By(127);
        yield return Succeeds("blue/green up to a stage", blueGreen with { Settings = Until("TEST_TRAFFIC_SHIFT") }, "reached the stage TEST_TRAFFIC_SHIFT", "goes on in ECS").By(35);
        yield return Succeeds("a stage that is over between two looks", blueGreen with { Settings = Until("PRODUCTION_TRAFFIC_SHIFT") }, "reached the stage BAKE_TIME").By(53);
        yield return Succeeds("deployed is enough", Last(Normal, Service(Rollout(rollout: "COMPLETED", pending: 1))) with { Settings = Until("deployed") });
    }

    public static TransientServiceException Throttled(string call) => new($"failed: {call}: ThrottlingException Rate exceeded", true, null, null);

    public static TransientServiceException Passing(string call, string what) => new($"failed: {call}: {what}", false, null, null);

    public static RolloutSettings Until(string text) => new() { WaitUntil = new WaitUntil(text) };

    private static Scenario Succeeds(string name, Scenario scenario, params string[] words) =>
        (scenario with { Name = name }).Ends(Verdict.Succeeded, ExitCode.Done, words);

    private static Scenario Last(Scenario scenario, ServiceState service, params TaskState[] tasks) =>
        scenario with { Scenes = [.. scenario.Scenes.SkipLast(1), scenario.Scenes[^1] with { Service = service, Tasks = tasks }] };

    private static Scenario Prepend(Scenario scenario, params (double At, ServiceState Service)[] first) => scenario with
    {
        Scenes =
        [
            .. first.Select(scene => new Scene(scene.At, scene.Service, Ours("PENDING"), [])),
            .. scenario.Scenes.Select(scene => scene with { At = scene.At + 8 }),
        ],
    };

    private static TaskState WithSidecar(TaskState task) =>
        task with { Containers = [new("sidecar", "envoy:1", OtherDigest, "RUNNING", null, null, null), .. task.Containers] };
}
