using System.Text.Json;
using System.Text.RegularExpressions;

namespace Slipway.LocalCloud.Hosting;

/// <summary>Reads faults from JSON, strictly; an <see cref="ArgumentException"/> names what is wrong.</summary>
internal static partial class FaultReader
{
    private const int MostDelayMs = 600_000;
    private const int LongestReason = 2000;

    private static readonly string[] Members = ["operations", "kind", "count", "delayMs", "percent", "seed", "reason"];

    public static Fault Read(JsonElement request)
    {
        if (request.ValueKind != JsonValueKind.Object) throw new ArgumentException("expected a JSON object");
        foreach (var member in request.EnumerateObject())
        {
            if (!Members.Contains(member.Name, StringComparer.Ordinal))
                throw new ArgumentException($"unknown member '{member.Name}'; known are {string.Join(", ", Members)}");
        }

        var fault = new Fault(Guid.NewGuid().ToString("N")[..8], Operations(request), Text(request, "kind") ?? "")
        {
            Count = Number(request, "count", 1, 1_000_000),
            DelayMs = Number(request, "delayMs", 0, MostDelayMs) ?? 1000,
            Percent = Number(request, "percent", 1, 100) ?? 100,
            Seed = Number(request, "seed", 0, int.MaxValue) ?? Random.Shared.Next(),
            Reason = Text(request, "reason"),
        };
        Check(fault);
        return fault;
    }

    private static void Check(Fault fault)
    {
        if (!Fault.Kinds.Contains(fault.Kind, StringComparer.Ordinal)) throw new ArgumentException($"'kind' must be one of {string.Join(", ", Fault.Kinds)}");
        foreach (var operation in fault.Operations)
        {
            var fits = operation.StartsWith("task:", StringComparison.Ordinal) ? Fault.OfTasks.Contains(fault.Kind)
                : fault.Kind == Fault.Stale ? operation.StartsWith("ecs:", StringComparison.Ordinal)
                : Fault.OfCalls.Contains(fault.Kind);
            if (!fits)
            {
                throw new ArgumentException($"'{fault.Kind}' cannot happen to \"{operation}\"; \"task:Start\" takes {string.Join(", ", Fault.OfTasks)}, "
                    + $"stale is for \"ecs:…\", every other kind for calls");
            }
        }

        if (fault.Kind == Fault.Fail != fault.Reason is not null && fault.Kind != Fault.Deny)
            throw new ArgumentException("'reason' is the text of a task's failed start: 'fail' needs it, 'deny' may have it, no other kind takes it");
        if (fault.Reason is { Length: 0 or > LongestReason }) throw new ArgumentException($"'reason' must have 1 to {LongestReason} characters");
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

    private static string? Text(JsonElement request, string name)
    {
        if (!request.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw new ArgumentException($"'{name}' must be a string");
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
