namespace StreamMlService.Models;

/// <summary>
/// Upper tail of the F distribution, as a logarithm, so that p = 1e-200 is as exact as p = 0.2. Continued fraction of the incomplete beta
/// function: NIST DLMF 8.17.22, evaluated with the modified Lentz method.
/// </summary>
public static class FDistribution
{
    private const double Tiny = 1e-300;
    private const double Precision = 1e-15;
    private const int MostTerms = 10_000;

    /// <summary>ln P(F ≥ value) for F with the given degrees of freedom, which need not be whole.</summary>
    public static double LogSurvival(double value, double numeratorFreedom, double denominatorFreedom)
    {
        if (!(value > 0)) return 0;

        var a = denominatorFreedom / 2;
        var b = numeratorFreedom / 2;
        var scaled = numeratorFreedom * value;
        // Logarithms of x = d2/(d2 + d1·F) and of 1-x, each formed without cancellation.
        var logX = -double.LogP1(scaled / denominatorFreedom);
        var logRest = -double.LogP1(denominatorFreedom / scaled);
        var x = Math.Exp(logX);
        var logFront = (a * logX) + (b * logRest) - LogBeta(a, b);

        if (x < (a + 1) / (a + b + 2)) return Math.Min(0, logFront - Math.Log(a) + Math.Log(Fraction(x, a, b)));
        var lower = Math.Exp(logFront - Math.Log(b)) * Fraction(Math.Exp(logRest), b, a);
        return double.LogP1(-Math.Min(lower, 1));
    }

    /// <summary>ln Γ(z) for z > 0: Lanczos' approximation with g = 7 and nine terms.</summary>
    public static double LogGamma(double z)
    {
        ReadOnlySpan<double> terms =
        [
            0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
            12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
        ];
        if (z < 0.5) return Math.Log(Math.PI / Math.Sin(Math.PI * z)) - LogGamma(1 - z);

        var shifted = z - 1;
        var sum = terms[0];
        for (var i = 1; i < terms.Length; i++) sum += terms[i] / (shifted + i);
        var t = shifted + 7.5;
        return (0.5 * Math.Log(2 * Math.PI)) + ((shifted + 0.5) * Math.Log(t)) - t + Math.Log(sum);
    }

    private static double LogBeta(double a, double b) => LogGamma(a) + LogGamma(b) - LogGamma(a + b);

    private static double Fraction(double x, double a, double b)
    {
        var c = 1.0;
        var d = 1 / AwayFromZero(1 - ((a + b) * x / (a + 1)));
        var result = d;
        for (var m = 1; m <= MostTerms; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / AwayFromZero(1 + (even * d));
            c = AwayFromZero(1 + (even / c));
            result *= d * c;

            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / AwayFromZero(1 + (odd * d));
            c = AwayFromZero(1 + (odd / c));
            var step = d * c;
            result *= step;
            if (Math.Abs(step - 1) < Precision) break;
        }

        return result;
    }

    private static double AwayFromZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
