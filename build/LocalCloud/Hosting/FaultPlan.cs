using System.Text.Json;

namespace Slipway.LocalCloud.Hosting;

/// <summary>
/// The failures that are switched on. Operations are "service:Operation" with the services ecs, ecr, logs, sts and registry;
/// "task:Start" stands for the start of a task. Each fault draws on its own, in the order in which they were switched on; the first that hits counts.
/// </summary>
internal sealed class FaultPlan
{
    private const int MostFaults = 100;

    private readonly Lock gate = new();
    private readonly List<(Fault Fault, Random Draw)> faults = [];

    public IReadOnlyList<Fault> List()
    {
        lock (gate) return [.. faults.Select(one => one.Fault)];
    }

    public void Clear()
    {
        lock (gate) faults.Clear();
    }

    /// <summary>The failure that hits this call, and uses up one of its count; null where none does.</summary>
    /// <param name="operation">"ecs:DescribeServices".</param>
    /// <param name="kinds">Only these kinds.</param>
    public Fault? Take(string operation, params IReadOnlyList<string> kinds)
    {
        lock (gate)
        {
            for (var i = 0; i < faults.Count; i++)
            {
                var (fault, draw) = faults[i];
                if (!fault.Hits(operation) || !kinds.Contains(fault.Kind) || draw.Next(100) >= fault.Percent) continue;
                if (fault.Count is 1) faults.RemoveAt(i);
                else faults[i] = (fault with { Count = fault.Count - 1 }, draw);
                return fault;
            }
        }

        return null;
    }

    /// <summary>Switches a failure on; an <see cref="ArgumentException"/> names what is wrong with the request.</summary>
    public Fault Add(JsonElement request)
    {
        var fault = FaultReader.Read(request);
        lock (gate)
        {
            if (faults.Count >= MostFaults) throw new ArgumentException($"{MostFaults} faults are switched on already; clear them with DELETE");
            faults.Add(Begin(fault));
        }

        return fault;
    }

    /// <summary>Switches these on and all others off: a list of requests. Where one of them is wrong, nothing changes.</summary>
    public IReadOnlyList<Fault> Replace(JsonElement requests)
    {
        if (requests.ValueKind != JsonValueKind.Array) throw new ArgumentException("expected a JSON array of faults");
        if (requests.GetArrayLength() > MostFaults) throw new ArgumentException($"at most {MostFaults} faults can be switched on");
        var wanted = requests.EnumerateArray().Select(FaultReader.Read).ToList();
        lock (gate)
        {
            faults.Clear();
            faults.AddRange(wanted.Select(Begin));
        }

        return wanted;
    }

    private static (Fault Fault, Random Draw) Begin(Fault fault) => (fault, new Random(fault.Seed));
}
