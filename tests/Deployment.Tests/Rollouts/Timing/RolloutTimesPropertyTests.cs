using CsCheck;
using Slipway.Deployment.Rollouts.Timing;
using static Slipway.Deployment.Tests.Rollouts.Given;

namespace Slipway.Deployment.Tests.Rollouts.Timing;

public sealed class RolloutTimesPropertyTests
{
    private static readonly Gen<DateTimeOffset?> Moment = Gen.Select(
        Gen.Double[-1e5, 1e5], Gen.Int[0, 4], (seconds, missing) => missing == 0 ? (DateTimeOffset?)null : Noon.AddSeconds(seconds));

    private static readonly Gen<DateTimeOffset?[]> Moments = Moment.Array[8];

    [Test]
    public void Parts_are_never_negative_and_never_more_than_the_whole() => Moments.Sample(moments =>
    {
        var task = Running("new") with
        {
            CreatedAt = moments[0],
            ConnectivityAt = moments[1],
            PullStartedAt = moments[2],
            PullStoppedAt = moments[3],
            StartedAt = moments[4],
        };
        var old = Stopped("old", "x", startedBy: Before) with { StoppingAt = moments[5], StoppedAt = moments[6] };
        var service = Service(Rollout(rollout: "COMPLETED", running: 1) with { UpdatedAt = moments[7] });

        return RolloutTimes.Of(Seen(service, task, old), Ours) is not { } timing
            || (timing.Seconds > 0
                && timing.Parts.All(part => part.Seconds >= 0)
                && timing.Parts.Sum(part => part.Seconds) <= timing.Seconds + 1e-6
                && timing.UnexplainedSeconds >= 0
                && Math.Abs(timing.Parts.Sum(part => part.Seconds) + timing.UnexplainedSeconds - timing.Seconds) < 1e-6
                && timing.Parts.Select(part => part.Name).Concat(timing.Unknown).Distinct().Count() == timing.Parts.Count + timing.Unknown.Count);
    });
}
