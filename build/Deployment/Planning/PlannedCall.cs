namespace Slipway.Deployment.Planning;

/// <summary>A request that Deploy would send.</summary>
/// <param name="Operation">"ecs:UpdateService"; for the registry, which is no service of this kind, "registry:PutManifest".</param>
/// <param name="Writes">Whether it changes anything.</param>
/// <param name="What">What it is about, short: "stream-ml-service-1, task definition stream-ml-service:8".</param>
public sealed record PlannedCall(string Operation, bool Writes, string What);

/// <summary>The requests of a deployment in their order, as the planning ports note them.</summary>
public sealed class PlannedCalls
{
    private readonly Lock _gate = new();
    private readonly List<PlannedCall> _calls = [];

    /// <summary>What was noted so far.</summary>
    public IReadOnlyList<PlannedCall> All
    {
        get
        {
            lock (_gate)
                return [.. _calls];
        }
    }

    /// <summary>Notes a request that reads, and which the plan itself sends, too.</summary>
    public void Read(string operation, string what) => Add(new PlannedCall(operation, false, what));

    /// <summary>Notes a request that changes something, and which the plan does not send.</summary>
    public void Write(string operation, string what) => Add(new PlannedCall(operation, true, what));

    /// <summary>Notes a request to a registry that its client lets through.</summary>
    public void Note(HttpRequestMessage request)
    {
        var path = request.RequestUri?.AbsolutePath ?? "";
        var kind = path.Contains("/manifests/", StringComparison.Ordinal) ? "Manifest"
            : path.Contains("/blobs/", StringComparison.Ordinal) ? "Blob"
            : "Token";
        Read($"registry:Get{kind}", $"{request.RequestUri?.Authority}{path}");
    }

    private void Add(PlannedCall call)
    {
        lock (_gate)
            _calls.Add(call);
    }
}
