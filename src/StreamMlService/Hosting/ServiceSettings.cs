using System.Globalization;
using StreamMlService.Scoring;

namespace StreamMlService.Hosting;

/// <summary>What the environment decides, read once at the start.</summary>
/// <param name="Threshold">Score from which an observation is an anomaly: -log10 of the probability of one at least as far out.</param>
/// <param name="Memory">Observations that the model remembers (span of the exponential window).</param>
/// <param name="Idle">How long a stream may be silent.</param>
/// <param name="Grace">How long open streams may go on after SIGTERM before the service ends them itself.</param>
public sealed record ServiceSettings(double Threshold, int Memory, ScoringLimits Limits, TimeSpan Idle, TimeSpan Grace)
{
    /// <summary>Below the 30 s that ECS waits between SIGTERM and SIGKILL (stopTimeout).</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(25);

    public static ServiceSettings Default { get; } =
        new(4, 256, ScoringLimits.Default, TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(15));

    /// <summary>Reads SCORE_* and STREAM_*; all problems come in one <see cref="SettingsException"/>.</summary>
    public static ServiceSettings Read(Func<string, string?> environment)
    {
        List<string> problems = [];
        double Number(string name, double standard, double least, double most)
        {
            if (environment(name) is not { } text || string.IsNullOrWhiteSpace(text)) return standard;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most) return value;
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"{name} holds \"{text}\". Try: a number from {least} to {most}, as {standard}."));
            return standard;
        }

        int Whole(string name, int standard, int least, int most)
        {
            if (environment(name) is not { } text || string.IsNullOrWhiteSpace(text)) return standard;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most) return value;
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"{name} holds \"{text}\". Try: a whole number from {least} to {most}, as {standard}."));
            return standard;
        }

        var settings = new ServiceSettings(
            Number("SCORE_THRESHOLD", Default.Threshold, 0.1, 300),
            Whole("SCORE_MEMORY", Default.Memory, 2 * ScoringLimits.MaxDimensions, 1_000_000),
            Default.Limits with { Series = Whole("SCORE_MAX_SERIES", Default.Limits.Series, 1, 1_000_000) },
            TimeSpan.FromSeconds(Number("STREAM_IDLE_SECONDS", Default.Idle.TotalSeconds, 0.1, 86_400)),
            TimeSpan.FromSeconds(Number("STREAM_GRACE_SECONDS", Default.Grace.TotalSeconds, 0, 19)));
        return problems.Count == 0 ? settings : throw new SettingsException(string.Join(Environment.NewLine, problems));
    }
}
