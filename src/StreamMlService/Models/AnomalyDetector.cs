namespace StreamMlService.Models;

/// <summary>What the model says about one observation.</summary>
/// <param name="Count">Observations of the series that the model had seen before this one.</param>
/// <param name="Distance">Mahalanobis distance from the mean; null while the model has seen too few.</param>
/// <param name="Score">-log10 of the probability of an observation at least as far out; null while the model has seen too few.</param>
public readonly record struct Verdict(long Count, double? Distance, double? Score)
{
    public bool IsAnomaly(double threshold) => Score >= threshold;
}

/// <summary>
/// The model of one series: tests each observation against what came before it, then learns from it. Under independent normal observations the
/// distance follows Hotelling's T² with the effective sample size, hence an F distribution: exactly so while the window fills, approximately later.
/// Not safe for use from several threads at once.
/// </summary>
public sealed class AnomalyDetector(int dimensions, int memory)
{
    // A span of N observations, as in exponential moving averages: the effective sample size tends to N.
    private readonly RunningCovariance model = new(dimensions, 2.0 / (memory + 1));

    public int Dimensions => model.Dimensions;

    public Verdict Observe(ReadOnlySpan<double> observation)
    {
        var verdict = Judge(observation);
        model.Add(observation);
        return verdict;
    }

    private Verdict Judge(ReadOnlySpan<double> observation)
    {
        // With fewer than two degrees of freedom left the reference distribution's tail is so heavy that no distance tells anything.
        if (model.Count < Dimensions + 2) return new Verdict(model.Count, null, null);

        var squared = Mahalanobis.SquaredDistance(model, observation);
        var n = model.EffectiveCount;
        var d = Dimensions;
        var f = squared * n * (n - d) / ((n + 1) * (n - 1) * d);
        var score = -FDistribution.LogSurvival(f, d, n - d) / Math.Log(10);
        return new Verdict(model.Count, Math.Sqrt(squared), score);
    }
}
