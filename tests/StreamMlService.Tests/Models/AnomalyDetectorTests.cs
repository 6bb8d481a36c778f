using StreamMlService.Models;
using StreamMlService.Tests.Support;

namespace StreamMlService.Tests.Models;

internal sealed class AnomalyDetectorTests
{
    [Test]
    public void Distance_and_score_agree_with_numpy_over_the_whole_history_at_each_step()
    {
        var detector = new AnomalyDetector(3, memory: 64);
        var table = ReferenceTable.Read("scores.csv");
        Assert.That(table, Has.Count.EqualTo(400));
        using (Assert.EnterMultipleScope())
        {
            for (var n = 0; n < table.Count; n++)
            {
                var row = table[n];
                var verdict = detector.Observe([row[0]!.Value, row[1]!.Value, row[2]!.Value]);
                Assert.That(verdict.Count, Is.EqualTo(n));
                Assert.That(verdict.Distance is null, Is.EqualTo(row[3] is null), $"row {n}");
                // The ridge on the diagonal is 1e-9 of the variance: the only difference that remains.
                if (row[3] is { } distance) Assert.That(verdict.Distance, Is.EqualTo(distance).Within(1e-6 * distance), $"distance of row {n}");
                if (row[4] is { } score) Assert.That(verdict.Score, Is.EqualTo(score).Within(1e-6 * Math.Max(1, score)), $"score of row {n}");
            }
        }
    }

    [Test]
    public void Scores_of_normal_observations_are_spread_as_probabilities_should_be()
    {
        var random = new Random(7);
        var detector = new AnomalyDetector(2, memory: 1000);
        var scores = new List<double>();
        for (var i = 0; i < 20_000; i++)
        {
            var (x, y) = (Normal(random), Normal(random));
            if (detector.Observe([x, (0.8 * x) + (0.6 * y)]).Score is { } score) scores.Add(score);
        }

        // A score of s is reached with probability 10^-s; four standard deviations of a count leave room for chance.
        foreach (var s in new[] { 0.5, 1, 2, 3 })
        {
            var expected = scores.Count * Math.Pow(10, -s);
            Assert.That(scores.Count(score => score >= s), Is.EqualTo(expected).Within((4 * Math.Sqrt(expected)) + (0.05 * expected)), $"score {s}");
        }
    }

    [Test]
    public void A_jump_in_one_dimension_alone_and_a_broken_correlation_both_stand_out()
    {
        var random = new Random(3);
        var detector = new AnomalyDetector(2, memory: 200);
        for (var i = 0; i < 500; i++)
        {
            var x = Normal(random);
            detector.Observe([x, x + (0.01 * Normal(random))]);
        }

        Assert.That(detector.Observe([1.5, -1.5]).Score, Is.GreaterThan(10), "each value alone is ordinary");
        Assert.That(detector.Observe([0.2, 0.2]).Score, Is.LessThan(2));
    }

    [Test]
    public void A_constant_series_scores_nothing_and_its_first_change_stands_out()
    {
        var detector = new AnomalyDetector(1, memory: 256);
        for (var i = 0; i < 50; i++) Assert.That(detector.Observe([42]).Score ?? 0, Is.Zero);
        Assert.That(detector.Observe([42.1]).Score, Is.GreaterThan(10));
    }

    [Test]
    public void A_series_of_zeros_is_no_division_by_zero()
    {
        var detector = new AnomalyDetector(2, memory: 256);
        for (var i = 0; i < 20; i++) Assert.That(detector.Observe([0, 0]).Score ?? 0, Is.Zero);
        Assert.That(detector.Observe([0, 1e-300]).Score, Is.GreaterThan(4).And.LessThan(1000));
    }

    [TestCase(1e100)]
    [TestCase(1e-100)]
    public void Values_of_any_allowed_size_give_a_finite_score(double size)
    {
        var random = new Random(5);
        var detector = new AnomalyDetector(2, memory: 64);
        for (var i = 0; i < 200; i++)
        {
            var verdict = detector.Observe([size * Normal(random) / 10, 1e100 * (i % 2)]);
            if (verdict.Score is { } score) Assert.That(double.IsFinite(score) && score >= 0, $"score {score} at {i}");
        }
    }

    [Test]
    public void More_dimensions_than_observations_is_not_judged()
    {
        var detector = new AnomalyDetector(8, memory: 64);
        var verdicts = Enumerable.Range(0, 12).Select(i => detector.Observe([.. Enumerable.Range(0, 8).Select(j => Math.Sin((i * 8) + j))])).ToList();
        Assert.That(verdicts.Select(verdict => verdict.Score is null), Is.EqualTo(Enumerable.Range(0, 12).Select(i => i < 10)));
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
