namespace Slipway.LocalCloud.Hosting;

/// <summary>A failure that somebody switched on, to see how a client takes it.</summary>
/// <param name="Id">For the list and for DELETE.</param>
/// <param name="Operations">"ecs:DescribeServices", "ecs:*", "registry:PutManifest" or "*".</param>
/// <param name="Kind">One of <see cref="FaultPlan.Kinds"/>.</param>
/// <param name="Count">How many calls are still hit; null: until it is cleared.</param>
/// <param name="DelayMs">How long a slow call waits before it goes on.</param>
internal sealed record Fault(string Id, IReadOnlyList<string> Operations, string Kind, int? Count, int DelayMs)
{
    public const string Throttle = "throttle";
    public const string Error500 = "error500";
    public const string Reset = "reset";
    public const string Slow = "slow";
    public const string Capacity = "capacity";
    public const string Deny = "deny";

    /// <summary>How long a slow call waits.</summary>
    public TimeSpan Delay => TimeSpan.FromMilliseconds(DelayMs);

    public bool Hits(string operation) => Operations.Any(pattern =>
        pattern == "*" || pattern == operation ||
        (pattern.EndsWith(":*", StringComparison.Ordinal) && operation.StartsWith(pattern[..^1], StringComparison.Ordinal)));
}
