namespace StreamMlService.Scoring;

/// <summary>Bounds on what a stream may ask for, so that memory and time per line are bounded.</summary>
/// <param name="LineBytes">Longest line, without its end.</param>
/// <param name="Dimensions">Most values in one observation; time per line grows with its cube.</param>
/// <param name="Series">Most series held; beyond it the one unused for longest is forgotten.</param>
/// <param name="SeriesName">Longest name of a series, in characters.</param>
/// <param name="Magnitude">Largest absolute value: its square stays far inside a double.</param>
public sealed record ScoringLimits(int LineBytes, int Dimensions, int Series, int SeriesName, double Magnitude)
{
    public const int MaxDimensions = 32;

    public static ScoringLimits Default { get; } = new(64 * 1024, MaxDimensions, 10_000, 256, 1e100);
}
