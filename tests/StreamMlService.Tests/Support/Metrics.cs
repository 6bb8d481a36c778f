using System.Globalization;

namespace StreamMlService.Tests.Support;

/// <summary>Reads a sample off the metrics page.</summary>
internal static class Metrics
{
    private const int Tries = 400;

    public static async Task<double> ReadAsync(HttpClient client, string sample)
    {
        var page = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        var line = page.Split('\n').Single(text => text.StartsWith(sample + " ", StringComparison.Ordinal));
        return double.Parse(line[(sample.Length + 1)..], CultureInfo.InvariantCulture);
    }

    /// <summary>Asks until the sample has the value, within a bound.</summary>
    public static async Task WaitAsync(HttpClient client, string sample, double value)
    {
        var last = double.NaN;
        for (var i = 0; i < Tries; i++)
        {
            last = await ReadAsync(client, sample);
            if (last.Equals(value)) return;
            await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System);
        }

        Assert.Fail($"{sample} is {last}, not {value}");
    }
}
