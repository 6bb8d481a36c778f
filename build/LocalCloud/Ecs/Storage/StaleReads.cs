using Slipway.LocalCloud.Ecs.Model;
using Slipway.LocalCloud.Hosting;

namespace Slipway.LocalCloud.Ecs.Storage;

/// <summary>
/// ECS reads are eventually consistent: for a while after an UpdateService they may still show what was before it. Here they do only where
/// the fault "stale" says so, and of the updated service only.
/// </summary>
internal sealed class StaleReads(EcsState state, FaultPlan faults, TimeProvider time)
{
    private volatile Change? last;

    /// <summary>Keeps what was before an update.</summary>
    public void Remember(Service before) => last = new Change(before, time.GetUtcNow());

    /// <summary>What a reader of now is shown.</summary>
    /// <param name="operation">"ecs:DescribeServices".</param>
    public EcsSnapshot Read(string operation)
    {
        if (last is not { } change) return state.Current;
        var age = (time.GetUtcNow() - change.At).TotalMilliseconds;
        return faults.List().Any(fault => fault.Kind == Fault.Stale && fault.Hits(operation) && age < fault.DelayMs)
            && faults.Take(operation, Fault.Stale) is not null ? state.Current.With(change.Before) : state.Current;
    }

    private sealed record Change(Service Before, DateTimeOffset At);
}
