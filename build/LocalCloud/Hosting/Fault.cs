namespace Slipway.LocalCloud.Hosting;

/// <summary>A failure that somebody switched on, to see how a client takes it.</summary>
/// <param name="Id">For the list and for DELETE.</param>
/// <param name="Operations">"ecs:DescribeServices", "ecs:*", "registry:PutManifest", "task:Start" or "*", which stands for every call.</param>
/// <param name="Kind">One of <see cref="Kinds"/>.</param>
internal sealed record Fault(string Id, IReadOnlyList<string> Operations, string Kind)
{
    public const string Throttle = "throttle";
    public const string Error500 = "error500";
    public const string Reset = "reset";
    public const string Slow = "slow";
    public const string Capacity = "capacity";
    public const string Deny = "deny";
    public const string Malformed = "malformed";
    public const string Expired = "expired";
    public const string Unknown = "unknown";
    public const string Stale = "stale";
    public const string Fail = "fail";

    /// <summary>What can happen to a call.</summary>
    public static IReadOnlyList<string> OfCalls { get; } = [Throttle, Error500, Reset, Slow, Capacity, Deny, Malformed, Expired, Unknown];

    /// <summary>What can happen to the start of a task.</summary>
    public static IReadOnlyList<string> OfTasks { get; } = [Slow, Capacity, Fail];

    /// <summary>Every kind.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. OfCalls, Stale, Fail];

    /// <summary>How many calls are still hit; null: until it is cleared.</summary>
    public int? Count { get; init; }

    /// <summary>How long a slow call waits, how long reads stay stale.</summary>
    public int DelayMs { get; init; } = 1000;

    /// <summary>How many of a hundred calls are hit, 1 to 100.</summary>
    public int Percent { get; init; } = 100;

    /// <summary>What the draw of <see cref="Percent"/> begins with: the same seed hits the same calls of a run.</summary>
    public int Seed { get; init; }

    /// <summary>The stopped reason of a task that fails, why IAM denies; null: the usual words.</summary>
    public string? Reason { get; init; }

    public bool Hits(string operation) => Operations.Any(pattern =>
        pattern == operation || (pattern == "*" && !operation.StartsWith("task:", StringComparison.Ordinal)) ||
        (pattern.EndsWith(":*", StringComparison.Ordinal) && operation.StartsWith(pattern[..^1], StringComparison.Ordinal)));
}
