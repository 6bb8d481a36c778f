using CsCheck;
using StreamMlService.Models;

namespace StreamMlService.Tests.Models;

internal sealed class RunningCovarianceTests
{
    [Test]
    public void Mean_and_covariance_equal_the_weighted_ones_over_the_whole_history()
    {
        var streams = Gen.Select(Gen.Double[-1000, 1000].Array[2, 2].Array[2, 80], Gen.Double[0.01, 0.5]);
        streams.Sample(
            (history, alpha) =>
            {
                var model = new RunningCovariance(2, alpha);
                foreach (var point in history) model.Add(point);
                var weights = Weights(history.Length, alpha);
                var mean = Enumerable.Range(0, 2).Select(i => history.Select((point, k) => weights[k] * point[i]).Sum()).ToArray();
                var squares = weights.Sum(weight => weight * weight);
                for (var row = 0; row < 2; row++)
                {
                    Assert.That(model.Mean[row], Is.EqualTo(mean[row]).Within(1e-9));
                    for (var column = 0; column < 2; column++)
                    {
                        var sum = history.Select((point, k) => weights[k] * (point[row] - mean[row]) * (point[column] - mean[column])).Sum();
                        Assert.That(model.Covariance(row, column), Is.EqualTo(sum / (1 - squares)).Within(1e-6));
                    }
                }

                Assert.That(model.EffectiveCount, Is.EqualTo(1 / squares).Within(1e-9));
            },
            iter: 200);
    }

    [Test]
    public void While_the_window_fills_every_observation_counts_the_same()
    {
        var model = new RunningCovariance(1, 0.01);
        foreach (var value in new double[] { 2, 4, 4, 4, 5, 5, 7, 9 }) model.Add([value]);

        Assert.That(model.Mean[0], Is.EqualTo(5).Within(1e-14));
        Assert.That(model.Covariance(0, 0), Is.EqualTo(32.0 / 7).Within(1e-14));
        Assert.That(model.EffectiveCount, Is.EqualTo(8).Within(1e-12));
    }

    [Test]
    public void Effective_count_tends_to_the_span_of_the_window()
    {
        var model = new RunningCovariance(1, 2.0 / (64 + 1));
        for (var i = 0; i < 2000; i++) model.Add([i]);
        Assert.That(model.EffectiveCount, Is.EqualTo(64).Within(1e-9));
    }

    /// <summary>The weights written out, not run.</summary>
    private static double[] Weights(int count, double alpha)
    {
        var own = Enumerable.Range(1, count).Select(n => Math.Max(1.0 / n, alpha)).ToArray();
        return [.. Enumerable.Range(0, count).Select(k => own[k] * own.Skip(k + 1).Aggregate(1.0, (left, weight) => left * (1 - weight)))];
    }
}
