using Slipway.Deployment.Rollouts.Timing;
using Slipway.Deployment.Rollouts.Tracking;
using Slipway.Deployment.Services;
using static Slipway.Deployment.Tests.Rollouts.Given;

namespace Slipway.Deployment.Tests.Rollouts.Timing;

public sealed class RolloutTimesTests
{
    private static readonly TaskState New = Running("new") with
    {
        CreatedAt = At(2),
        ConnectivityAt = At(10),
        PullStartedAt = At(12),
        PullStoppedAt = At(32),
        StartedAt = At(34),
    };

    private static readonly TaskState Old = Stopped("old", "Scaling activity", startedBy: Before, stopCode: "ServiceSchedulerInitiated") with { StoppingAt = At(128), StoppedAt = At(160) };

    [Test]
    public void The_time_is_split_along_the_task_that_came_up_last()
    {
        var timing = Of(Seen(Done(170), New, Running("first") with { StartedAt = At(20) }, Old))!;

        Assert.That(timing.TaskId, Is.EqualTo("new"));
        Assert.That(Parts(timing), Is.EqualTo("waiting for earlier tasks 2, provisioning 10, image pull 20, container start 2, health check 94, draining 32"));
        Assert.That((timing.Seconds, timing.UnexplainedSeconds), Is.EqualTo((170d, 10d)));
        Assert.That(timing.Summary, Is.EqualTo(
            "170 s: waiting for earlier tasks 2 s, provisioning 10 s, image pull 20 s, container start 2 s, health check 94 s, draining 32 s; 10 s unexplained"));
    }

    [Test]
    public void Behind_a_load_balancer_its_own_checks_are_told_apart()
    {
        var service = Done(170) with
        {
            LoadBalancers = [new LoadBalancerState("arn:x", "web", 8000)],
            Events =
            [
                new ServiceEvent("3", At(170), $"(service web) (deployment {Ours}) deployment completed."),
                new ServiceEvent("2", At(125), "(service web) has begun draining connections on 1 tasks."),
                new ServiceEvent("1", At(65), "(service web) registered 1 targets in (target-group arn:x)"),
            ],
        };

        Assert.That(Parts(Of(Seen(service, New, Old))!), Does.EndWith("health check 31, load balancer 60, draining 35"));
    }

    [Test]
    public void A_first_deployment_replaces_nothing_and_ends_with_the_first_success_of_its_check()
    {
        const string Started = "waiting for earlier tasks 2, provisioning 10, image pull 20, container start 2";

        Assert.That(Parts(Of(Seen(Done(40), New))!), Is.EqualTo($"{Started}, health check 6"));
        Assert.That(Parts(Of(Seen(Done(40), New with { Health = null }))!), Is.EqualTo(Started), "nothing is checked");
        Assert.That(
            Parts(Of(Seen(Done(40) with { LoadBalancers = [new("arn:targets", "web", 8000)] }, New with { Health = null }))!),
            Is.EqualTo($"{Started}, load balancer 6"));
    }

    [Test]
    public void Parts_that_take_no_time_are_not_unknown()
    {
        var timing = new RolloutTiming(1.7, "task", [new("image pull", 0.03)], 1.67, [], []);

        Assert.That(timing.Summary, Is.EqualTo("1.7 s: no known part took a tenth of a second; 1.7 s unexplained"));
    }

    [Test]
    public void Missing_timestamps_are_said_and_guessed_by_nobody()
    {
        var timing = Of(Seen(Done(170), New with { PullStartedAt = null, ConnectivityAt = null, PullStoppedAt = null }, Old))!;

        Assert.That(Parts(timing), Is.EqualTo("waiting for earlier tasks 2, health check 94, draining 32"));
        Assert.That(timing.Unknown, Is.EqualTo(new[] { "provisioning", "image pull", "container start" }));
        Assert.That(timing.UnexplainedSeconds, Is.EqualTo(42));
    }

    [Test]
    public void A_timestamp_of_another_clock_makes_no_figure()
    {
        var timing = Of(Seen(Done(170), New with { PullStoppedAt = At(-500) }, Old with { StoppedAt = At(90_000) }))!;

        Assert.That(Parts(timing), Is.EqualTo("waiting for earlier tasks 2, provisioning 10, health check 94"));
        Assert.That(timing.Unknown, Is.EqualTo(new[] { "image pull", "container start", "draining" }));
    }

    [Test]
    public void Without_begin_end_or_task_there_is_nothing_to_tell()
    {
        Assert.That(Of(null), Is.Null);
        Assert.That(Of(Seen(null)), Is.Null);
        Assert.That(Of(Seen(Done(10))), Is.Null, "no task");
        Assert.That(Of(Seen(Service(Rollout() with { CreatedAt = null }), New)), Is.Null, "no begin");
        Assert.That(Of(Seen(Service(Rollout() with { UpdatedAt = null }), New)), Is.Null, "no end");
        Assert.That(Of(Seen(Done(-5), New)), Is.Null, "an end before the begin");
    }

    [Test]
    public void The_service_deployments_own_end_counts_first()
    {
        var seen = Seen(Done(170), New) with
        {
            ServiceDeployment = new ServiceDeploymentState("arn:x", ServiceDeploymentStatus.Successful) { CreatedAt = At(0), FinishedAt = At(50) },
        };

        Assert.That(Of(seen)!.Seconds, Is.EqualTo(50));
    }

    private static RolloutTiming? Of(RolloutObservation? seen) => RolloutTimes.Of(seen, Ours);

    private static ServiceState Done(double seconds) => Service(Rollout(rollout: "COMPLETED", running: 1) with { CreatedAt = At(0), UpdatedAt = At(seconds) });

    private static string Parts(RolloutTiming timing) =>
        string.Join(", ", timing.Parts.Select(part => FormattableString.Invariant($"{part.Name} {part.Seconds:0.#}")));

    private static DateTimeOffset At(double seconds) => Noon.AddSeconds(seconds);
}
