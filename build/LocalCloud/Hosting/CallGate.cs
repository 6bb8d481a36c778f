namespace Slipway.LocalCloud.Hosting;

/// <summary>What every call of a known caller passes: it is written down, and a failure that is switched on hits it.</summary>
internal sealed class CallGate(CallJournal journal, FaultPlan faults, TimeProvider time)
{
    /// <summary>True where the call is over; an <see cref="Protocol.ApiException"/> for an error answer.</summary>
    /// <param name="operation">"ecs:DescribeServices".</param>
    public async Task<bool> EndsAsync(HttpContext context, string operation)
    {
        journal.Add(operation);
        return faults.Take(operation, Fault.OfCalls) is { } fault && await FaultEffect.ApplyAsync(context, operation, fault, time);
    }
}
