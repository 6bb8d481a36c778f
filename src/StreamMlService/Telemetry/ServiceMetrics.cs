namespace StreamMlService.Telemetry;

/// <summary>A request's labels: all from small, known sets, so that nobody can make the page grow.</summary>
public readonly record struct RequestKind(string Method, string Route, int Status);

/// <summary>What the service counts about itself. Safe for use from several threads.</summary>
public sealed class ServiceMetrics
{
    /// <summary>Upper bounds in seconds: an observation takes microseconds, one of 32 dimensions some tens of them.</summary>
    public static readonly IReadOnlyList<double> Bounds =
        [0.000005, 0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.01, 0.1];

    private readonly Lock gate = new();
    private readonly Dictionary<RequestKind, long> requests = [];
    private readonly long[] buckets = new long[Bounds.Count + 1];
    private double seconds;
    private long anomalies;
    private long rejected;
    private long streams;

    public void Request(RequestKind kind)
    {
        lock (gate) requests[kind] = requests.GetValueOrDefault(kind) + 1;
    }

    public void Scored(TimeSpan duration, bool anomaly)
    {
        var bucket = 0;
        while (bucket < Bounds.Count && duration.TotalSeconds > Bounds[bucket]) bucket++;
        lock (gate)
        {
            buckets[bucket]++;
            seconds += duration.TotalSeconds;
            if (anomaly) anomalies++;
        }
    }

    public void Rejected()
    {
        lock (gate) rejected++;
    }

    public void StreamOpened()
    {
        lock (gate) streams++;
    }

    public void StreamClosed()
    {
        lock (gate) streams--;
    }

    /// <summary>All counters at one moment.</summary>
    public MetricsSnapshot Read()
    {
        lock (gate) return new MetricsSnapshot(new Dictionary<RequestKind, long>(requests), [.. buckets], seconds, anomalies, rejected, streams);
    }
}

/// <param name="Buckets">Observations per bucket, not summed up; the last one has no upper bound.</param>
public sealed record MetricsSnapshot(
    IReadOnlyDictionary<RequestKind, long> Requests, IReadOnlyList<long> Buckets, double Seconds, long Anomalies, long Rejected, long Streams)
{
    public long Scored => Buckets.Sum();
}
