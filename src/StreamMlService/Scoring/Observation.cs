namespace StreamMlService.Scoring;

/// <summary>One observation of a series: a point in as many dimensions as it has values.</summary>
public sealed record Observation(string Series, IReadOnlyList<double> Values)
{
    public const string DefaultSeries = "default";
}

/// <summary>A line that cannot be scored.</summary>
/// <param name="Code">For programs: stable.</param>
/// <param name="Message">For people.</param>
public sealed record LineError(string Code, string Message);
