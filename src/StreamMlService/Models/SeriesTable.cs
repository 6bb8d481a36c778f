namespace StreamMlService.Models;

/// <summary>
/// The detectors of all series, by name. Bounded: where it is full, the series unused for longest is forgotten, so that a flood of new names
/// costs a bounded amount of memory and cannot lock out everybody else.
/// </summary>
public sealed class SeriesTable(int capacity, int memory)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> entries = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> byUse = new();

    public int Count
    {
        get
        {
            lock (gate) return entries.Count;
        }
    }

    public long Forgotten { get; private set; }

    /// <summary>
    /// Scores an observation of a series and learns from it. The first one fixes the number of dimensions;
    /// <paramref name="verdict"/> is undefined and the answer is the expected number where a later one has another, else null.
    /// </summary>
    public int? Observe(string series, ReadOnlySpan<double> observation, out Verdict verdict)
    {
        var detector = Find(series, observation.Length);
        verdict = default;
        if (detector.Dimensions != observation.Length) return detector.Dimensions;
        lock (detector) verdict = detector.Observe(observation);
        return null;
    }

    private AnomalyDetector Find(string series, int dimensions)
    {
        lock (gate)
        {
            if (entries.TryGetValue(series, out var node))
            {
                byUse.Remove(node);
                byUse.AddFirst(node);
                return node.Value.Detector;
            }

            if (entries.Count >= capacity && byUse.Last is { } oldest)
            {
                entries.Remove(oldest.Value.Series);
                byUse.RemoveLast();
                Forgotten++;
            }

            var entry = new Entry(series, new AnomalyDetector(dimensions, memory));
            entries.Add(series, byUse.AddFirst(entry));
            return entry.Detector;
        }
    }

    private sealed record Entry(string Series, AnomalyDetector Detector);
}
