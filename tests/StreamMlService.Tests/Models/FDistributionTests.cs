using StreamMlService.Models;
using StreamMlService.Tests.Support;

namespace StreamMlService.Tests.Models;

internal sealed class FDistributionTests
{
    [Test]
    public void Tail_agrees_with_quadrature_of_the_density_from_one_half_down_to_a_thousand_zeros()
    {
        var table = ReferenceTable.Read("f-tail.csv");
        Assert.That(table, Has.Count.EqualTo(200));
        using (Assert.EnterMultipleScope())
        {
            foreach (var row in table)
            {
                var (f, d1, d2, expected) = (row[0]!.Value, row[1]!.Value, row[2]!.Value, row[3]!.Value);
                var actual = FDistribution.LogSurvival(f, d1, d2) / Math.Log(10);
                Assert.That(actual, Is.EqualTo(expected).Within(1e-11 * Math.Max(1, Math.Abs(expected))), $"F={f}, {d1} and {d2} degrees of freedom");
            }
        }
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(double.NaN)]
    public void Nothing_lies_below_zero(double value) => Assert.That(FDistribution.LogSurvival(value, 2, 5), Is.Zero);

    [Test]
    public void Logarithm_of_the_gamma_function_agrees_with_factorials()
    {
        var factorial = 1.0;
        for (var n = 1; n < 100; n++)
        {
            Assert.That(FDistribution.LogGamma(n), Is.EqualTo(Math.Log(factorial)).Within(1e-13 * Math.Max(1, Math.Log(factorial))));
            factorial *= n;
        }

        Assert.That(FDistribution.LogGamma(0.5), Is.EqualTo(Math.Log(Math.PI) / 2).Within(1e-14));
        Assert.That(FDistribution.LogGamma(0.25), Is.EqualTo(1.2880225246980774).Within(1e-14));
    }
}
