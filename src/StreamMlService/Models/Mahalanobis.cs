namespace StreamMlService.Models;

/// <summary>
/// Squared Mahalanobis distance of an observation from a running mean. Works on the correlation matrix, so that dimensions of very different
/// scale do not spoil it, and keeps standing where a dimension is constant or depends on another.
/// </summary>
internal static class Mahalanobis
{
    /// <summary>Added to the diagonal of the correlation matrix: far above rounding, far below any real variance.</summary>
    private const double Ridge = 1e-9;

    /// <summary>Least standard deviation, as a part of the values' own size: what a constant dimension is measured against.</summary>
    private const double LeastDeviation = 1e-9;

    public static double SquaredDistance(RunningCovariance model, ReadOnlySpan<double> observation)
    {
        var size = model.Dimensions;
        Span<double> deviation = stackalloc double[size];
        Span<double> solved = stackalloc double[size];
        for (var i = 0; i < size; i++)
        {
            var least = LeastDeviation * Math.Max(Math.Abs(model.Mean[i]), Math.Abs(observation[i]));
            deviation[i] = Math.Max(Math.Sqrt(model.Covariance(i, i)), least);
            solved[i] = deviation[i] > 0 ? (observation[i] - model.Mean[i]) / deviation[i] : 0;
        }

        var factor = Cholesky(model, deviation);
        var sum = 0.0;
        for (var row = 0; row < size; row++)
        {
            var value = solved[row];
            for (var column = 0; column < row; column++) value -= factor[(row * size) + column] * solved[column];
            solved[row] = value / factor[(row * size) + row];
            sum += solved[row] * solved[row];
        }

        return sum;
    }

    /// <summary>Lower triangle L with L·Lᵀ = correlation + ridge.</summary>
    private static double[] Cholesky(RunningCovariance model, ReadOnlySpan<double> deviation)
    {
        var size = deviation.Length;
        var factor = new double[size * size];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                var value = row == column ? 1 + Ridge : Correlation(model, deviation, row, column);
                for (var k = 0; k < column; k++) value -= factor[(row * size) + k] * factor[(column * size) + k];
                factor[(row * size) + column] = row == column ? Math.Sqrt(Math.Max(value, Ridge)) : value / factor[(column * size) + column];
            }
        }

        return factor;
    }

    private static double Correlation(RunningCovariance model, ReadOnlySpan<double> deviation, int row, int column)
    {
        // One division after the other: the product of two deviations may overflow or vanish where the quotients do not.
        return deviation[row] > 0 && deviation[column] > 0 ? model.Covariance(row, column) / deviation[row] / deviation[column] : 0;
    }
}
