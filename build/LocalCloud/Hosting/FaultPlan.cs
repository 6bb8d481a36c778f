using System.Text.Json;
using System.Text.RegularExpressions;

namespace Slipway.LocalCloud.Hosting;

/// <summary>
/// The failures that are switched on. Operations are "service:Operation" with the services ecs, ecr, logs, sts and registry;
/// "task:Start" stands for the start of a task (slow, capacity).
/// </summary>
internal sealed partial class FaultPlan
{
    public static readonly IReadOnlyList<string> Kinds = [Fault.Throttle, Fault.Error500, Fault.Reset, Fault.Slow, Fault.Capacity, Fault.Deny];

    private const int MostFaults = 100;
    private const int MostDelayMs = 600_000;

    private readonly Lock gate = new();
    private readonly List<Fault> faults = [];

    public IReadOnlyList<Fault> List()
    {
        lock (gate) return [.. faults];
    }

    public void Clear()
    {
        lock (gate) faults.Clear();
    }

    /// <summary>The failure that hits this call, and uses up one of its count; null where none does.</summary>
    /// <param name="operation">"ecs:DescribeServices".</param>
    /// <param name="kinds">Only these kinds; none: every kind.</param>
    public Fault? Take(string operation, params ReadOnlySpan<string> kinds)
    {
        lock (gate)
        {
            for (var i = 0; i < faults.Count; i++)
            {
                var fault = faults[i];
                if (!fault.Hits(operation) || (kinds.Length > 0 && !kinds.Contains(fault.Kind))) continue;
                if (fault.Count is 1) faults.RemoveAt(i);
                else faults[i] = fault with { Count = fault.Count - 1 };
                return fault;
            }
        }

        return null;
    }

    /// <summary>Switches a failure on; an <see cref="ArgumentException"/> names what is wrong with the request.</summary>
    public Fault Add(JsonElement request)
    {
        if (request.ValueKind != JsonValueKind.Object) throw new ArgumentException("expected a JSON object");
        foreach (var member in request.EnumerateObject())
        {
            if (member.Name is not ("operations" or "kind" or "count" or "delayMs"))
                throw new ArgumentException($"unknown member '{member.Name}'; known are operations, kind, count, delayMs");
        }

        var operations = Operations(request);
        var kind = request.TryGetProperty("kind", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
        if (!Kinds.Contains(kind, StringComparer.Ordinal)) throw new ArgumentException($"'kind' must be one of {string.Join(", ", Kinds)}");
        var fault = new Fault(Guid.NewGuid().ToString("N")[..8], operations, kind, Number(request, "count", 1, 1_000_000), Number(request, "delayMs", 0, MostDelayMs) ?? 1000);
        lock (gate)
        {
            if (faults.Count >= MostFaults) throw new ArgumentException($"{MostFaults} faults are switched on already; clear them with DELETE");
            faults.Add(fault);
        }

        return fault;
    }

    private static List<string> Operations(JsonElement request)
    {
        if (!request.TryGetProperty("operations", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 or > 100)
            throw new ArgumentException("'operations' must be a list of 1 to 100 names like \"ecs:DescribeServices\", \"ecs:*\" or \"*\"");
        var operations = new List<string>();
        foreach (var item in list.EnumerateArray())
        {
            var name = item.ValueKind == JsonValueKind.String ? item.GetString()! : "";
            if (!OperationPattern().IsMatch(name))
                throw new ArgumentException($"operation {item.GetRawText()} is not of the form \"ecs:DescribeServices\"; services: ecs, ecr, logs, sts, registry, task");
            operations.Add(name);
        }

        return operations;
    }

    private static int? Number(JsonElement request, string name, int least, int most)
    {
        if (!request.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most) return number;
        throw new ArgumentException($"'{name}' must be a whole number from {least} to {most}");
    }

    [GeneratedRegex(@"\A(\*|(ecs|ecr|logs|sts|registry|task):(\*|[A-Za-z]{1,80}))\z")]
    private static partial Regex OperationPattern();
}
