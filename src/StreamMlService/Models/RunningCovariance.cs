namespace StreamMlService.Models;

/// <summary>
/// Mean and covariance of a stream, one observation at a time, in constant memory. The newest observation has weight
/// max(1/n, alpha): plain averages until the window is full (Welford 1962), exponentially fading ones from then on (Finch 2009, section 9, in vector
/// form).
/// </summary>
public sealed class RunningCovariance(int dimensions, double alpha)
{
    private readonly double[] mean = new double[dimensions];
    private readonly double[] covariance = new double[dimensions * dimensions];
    private readonly double[] difference = new double[dimensions];

    public int Dimensions { get; } = dimensions;

    public long Count { get; private set; }

    /// <summary>Sum of the squared weights; 1/n while the weights are equal.</summary>
    public double SquaredWeights { get; private set; }

    /// <summary>Kish's effective sample size: how many equally weighted observations would tell as much.</summary>
    public double EffectiveCount => 1 / SquaredWeights;

    public ReadOnlySpan<double> Mean => mean;

    /// <summary>Unbiased under independent observations; defined from the second observation on.</summary>
    public double Covariance(int row, int column) => covariance[(Math.Max(row, column) * Dimensions) + Math.Min(row, column)] / (1 - SquaredWeights);

    public void Add(ReadOnlySpan<double> observation)
    {
        Count++;
        var weight = Math.Max(1.0 / Count, alpha);
        for (var i = 0; i < Dimensions; i++) difference[i] = observation[i] - mean[i];

        for (var row = 0; row < Dimensions; row++)
        {
            mean[row] += weight * difference[row];
            for (var column = 0; column <= row; column++)
            {
                ref var cell = ref covariance[(row * Dimensions) + column];
                cell = (1 - weight) * (cell + (weight * difference[row] * difference[column]));
            }
        }

        SquaredWeights = ((1 - weight) * (1 - weight) * SquaredWeights) + (weight * weight);
    }
}
