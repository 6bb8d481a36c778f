using Slipway.Deployment.Rollouts;
using Slipway.Deployment.Services;
using static Slipway.Deployment.Tests.Rollouts.Given;
using static Slipway.Deployment.Tests.Rollouts.Scenarios.Scenery;

namespace Slipway.Deployment.Tests.Rollouts.Scenarios;

/// <summary>Rollbacks, other people's deployments, and waits that end before the deployment does.</summary>
internal static class OtherScenarios
{
    private static readonly Scenario Breaker = new Scenario("")
        .At(0, Starting.WithRollback(), "IN_PROGRESS").At(30, Failing.WithRollback(), "IN_PROGRESS", Crashed(3, 3))
        .At(45, RollingBack, Tripped("ROLLBACK_IN_PROGRESS"), Crashed(3, 3)).At(80, Back, Tripped("ROLLBACK_SUCCESSFUL"), Crashed(3, 3));

    public static IEnumerable<Scenario> All() => [.. Rollbacks(), .. Supersedings(), .. OpenEnds()];

    private static IEnumerable<Scenario> Rollbacks()
    {
        var breaker = RollsBack("the breaker rolls back", Breaker, 86, "will not succeed", "exit code 3", OldRevision);
        yield return breaker;
        yield return breaker.ById();

        var between = RollsBack("it is rolled back between two looks", new Scenario("").At(0, Back, Tripped("ROLLBACK_SUCCESSFUL")), 34, OldRevision);
        yield return between.By(1);
        yield return between.ById();

        var same = Service(Newer(Rollout(Other, rollout: "COMPLETED", running: 1, reason: "ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/1111."))).WithRollback();
        var forced = RollsBack("the same task definition, forced again, is rolled back", new Scenario("") { Previous = NewRevision }.At(0, Up.WithRollback(), "IN_PROGRESS").At(40, same, Tripped("ROLLBACK_SUCCESSFUL"), Running(startedBy: Other)), 44);
        yield return forced;
        yield return forced.ById();

        yield return RollsBack("an alarm rolls back", new Scenario("").At(0, RollingBack, Ours("ROLLBACK_IN_PROGRESS") with { TriggeredAlarms = ["web-5xx"] }).At(30, Back, Ours("ROLLBACK_SUCCESSFUL") with { TriggeredAlarms = ["web-5xx"] }), 35, "'web-5xx'");
        yield return RollsBack("somebody asks for a rollback", new Scenario("").At(0, Up, "IN_PROGRESS").At(20, Up, Ours("ROLLBACK_REQUESTED") with { Reason = "Stopped by user" }).At(30, Back, Ours("ROLLBACK_SUCCESSFUL") with { Reason = "Stopped by user" }), 33, "Somebody stopped", "CloudTrail");
        yield return RollsBack("the rollback does not end", new Scenario("") { Timeout = TimeSpan.FromHours(1) }.At(0, RollingBack, Tripped("ROLLBACK_IN_PROGRESS"), Crashed(3, 3)), 306, "still rolling back");
        yield return RollsBack("the time ends during the rollback", new Scenario("") { Timeout = TimeSpan.FromMinutes(1) }.At(0, RollingBack, Tripped("ROLLBACK_IN_PROGRESS"), Crashed(3, 3)), 61, "still rolling back");
        yield return RollsBack("resumed hours later, rolled back and gone", new Scenario("").At(0, AsBefore, Tripped("ROLLBACK_SUCCESSFUL") with { CreatedAt = Noon.AddHours(-5), Reason = "tasks failed to start." }), 1, "tasks failed to start");
        yield return RollsBack("rolled back, and somebody deployed since", new Scenario("").At(0, Replaced, Tripped("ROLLBACK_SUCCESSFUL")), 1, $"rolled back to '{OldRevision}'");
        yield return RollsBack("rolled back while a stage is awaited", new Scenario("") { Settings = SuccessScenarios.Until("BAKE_TIME") }.At(0, Starting.BlueGreen(), AtStage("SCALE_UP")).At(20, Back.BlueGreen(), Tripped("ROLLBACK_SUCCESSFUL")), 23);
        yield return RollsBack("half of the calls are throttled during a rollback", Breaker with { Trouble = Sometimes(11, 0.5, SuccessScenarios.Throttled) }, 200, "exit code 3");
    }

    private static IEnumerable<Scenario> Supersedings()
    {
        var other = Superseded("another revision is deployed", new Scenario("").At(0, Up, "IN_PROGRESS").At(20, Replaced, "STOPPED"), Other, OtherRevision, Ann);
        yield return other;
        yield return other.ById();

        var again = Superseded("the same revision is forced again", new Scenario("").At(0, Up, "IN_PROGRESS").At(20, Service(Newer(Rollout(Other)), Rollout(status: "ACTIVE", running: 1)), "STOPPED"), Other);
        yield return again;
        yield return again.ById();

        yield return Superseded("the newer deployment is shown late", new Scenario("").At(0, Up, "STOPPED").At(15, Replaced, "STOPPED"), Other);
        yield return Superseded("the service shows the newer deployment early", new Scenario("").At(0, Replaced, "IN_PROGRESS").At(15, Replaced, "STOPPED"), Other);
        yield return Superseded("replaced, resumed hours later", new Scenario("").At(0, Service(Newer(Rollout(Other, rollout: "COMPLETED", revision: OtherRevision, running: 1))), Ours("STOPPED") with { CreatedAt = Noon.AddHours(-5) }), Other);
        yield return Superseded("replaced after it had succeeded", new Scenario("").At(0, Service(Newer(Rollout(Other, rollout: "COMPLETED", revision: OtherRevision, running: 1))), "SUCCESSFUL"), "had succeeded", Ann);
    }

    private static IEnumerable<Scenario> OpenEnds()
    {
        yield return TimesOut("no capacity at all", new Scenario("").At(0, Starting.Saying("(service web) was unable to place a task. Reason: Capacity is unavailable at this time."), "IN_PROGRESS"), "1 pending", "capacity");
        yield return TimesOut("it never gets on", new Scenario("").At(0, Starting, "IN_PROGRESS"), "--target=WaitStable");
        yield return TimesOut("ECS never ends it", new Scenario("").At(0, Done, "IN_PROGRESS", Running()), "has not ended");
        yield return TimesOut("no call is answered", new Scenario("") { Trouble = (_, call) => SuccessScenarios.Throttled(call) }.At(0, Up, "IN_PROGRESS"), "Rate exceeded");
        yield return TimesOut("a clock that is set forward ends nothing", new Scenario("") { ClockSteps = [(5, TimeSpan.FromDays(2))] }.At(0, Starting, "IN_PROGRESS"), "1 pending");
        yield return TimesOut("a clock that is set back prolongs nothing", new Scenario("") { ClockSteps = [(5, TimeSpan.FromDays(-2))] }.At(0, Starting, "IN_PROGRESS"), "1 pending");

        yield return (new Scenario("cancelled") { CancelledAt = 20 }).At(0, Starting, "IN_PROGRESS").Ends(Verdict.Cancelled, ExitCode.Cancelled, "--target=WaitStable").By(25);
        yield return (new Scenario("the credentials end") { Trouble = (at, _) => at > 30 ? new SlipwayException(ExitCode.PreconditionFailed, "failed to describe service 'web': ExpiredTokenException", "get new credentials") : null })
            .At(0, Starting, "IN_PROGRESS").Ends(null, ExitCode.PreconditionFailed, "goes on in ECS", "get new credentials", "--target=WaitStable").By(35);
        yield return (new Scenario("a stage of a rolling update") { Settings = SuccessScenarios.Until("BAKE_TIME") })
            .At(0, Starting, "IN_PROGRESS").Ends(null, ExitCode.InvalidInput, "ROLLING", "--wait-until=BAKE_TIME").By(1);
        yield return (new Scenario("a stage that ECS does not tell") { Settings = SuccessScenarios.Until("BAKE_TIME"), OffersServiceDeployments = false, KnowsArn = false })
            .At(0, Starting.BlueGreen(), "IN_PROGRESS").Ends(null, ExitCode.PreconditionFailed, "ecs:DescribeServiceDeployments").By(1);
    }

    public static Func<double, string, Exception?> Sometimes(int seed, double share, Func<string, Exception> trouble)
    {
        var random = new Random(seed);
        return (_, call) => random.NextDouble() < share ? trouble(call) : null;
    }

    private static Scenario RollsBack(string name, Scenario scenario, double by, params string[] words) =>
        (scenario with { Name = name }).Ends(Verdict.RolledBack, ExitCode.RolledBack, words).By(by);

    private static Scenario Superseded(string name, Scenario scenario, params string[] words) =>
        (scenario with { Name = name }).Ends(Verdict.Superseded, ExitCode.Superseded, words).By(35);

    private static Scenario TimesOut(string name, Scenario scenario, params string[] words) =>
        (scenario with { Name = name, Timeout = TimeSpan.FromMinutes(3) }).Ends(Verdict.TimedOut, ExitCode.TimedOut, words).By(191);
}
