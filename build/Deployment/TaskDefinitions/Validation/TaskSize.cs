using System.Globalization;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>
/// A task's cpu and memory, in the notations that ECS accepts ("256", "0.25 vCPU", "512", "0.5 GB") and in the pairs that
/// Fargate offers.
/// </summary>
/// <remarks>Source: Amazon ECS Developer Guide, "Task definition parameters for Fargate", task size.</remarks>
internal static class TaskSize
{
    private const int LargestKnownCpu = 16384;

    private static readonly Dictionary<int, (int From, int To, int Step)> Memory = new()
    {
        [256] = (512, 2048, 512),
        [512] = (1024, 4096, 1024),
        [1024] = (2048, 8192, 1024),
        [2048] = (4096, 16384, 1024),
        [4096] = (8192, 30720, 1024),
        [8192] = (16384, 61440, 4096),
        [16384] = (32768, 122880, 8192),
    };

    /// <summary>CPU units: 1024 are one vCPU.</summary>
    public static int? Cpu(string text) => Parse(text, "vcpu");

    /// <summary>MiB.</summary>
    public static int? MemoryMiB(string text) => Parse(text, "gb");

    /// <summary>Whether Fargate has tasks of this cpu, or it is larger than this program knows.</summary>
    public static bool IsOfferedCpu(int cpu) => cpu > LargestKnownCpu || Memory.ContainsKey(cpu);

    /// <summary>What Fargate offers instead of this pair; null where it offers the pair, or where it is larger than this program knows.</summary>
    public static string? FindFargateOffer(int cpu, int memory)
    {
        if (cpu > LargestKnownCpu) return null;
        if (!Memory.TryGetValue(cpu, out var range)) return $"{string.Join(", ", Memory.Keys)} CPU units";

        // 256 CPU units skip the step of 1.5 GB.
        var offered = memory >= range.From && memory <= range.To && (memory - range.From) % range.Step == 0 && (cpu, memory) != (256, 1536);
        return offered ? null : FormattableString.Invariant($"{Offer(cpu, range)} MiB with {cpu} CPU units");
    }

    private static string Offer(int cpu, (int From, int To, int Step) range) => cpu == 256
        ? "512, 1024 or 2048"
        : FormattableString.Invariant($"{range.From} to {range.To} (in steps of {range.Step})");

    private static int? Parse(string text, string unit)
    {
        var trimmed = text.Trim();
        var scaled = trimmed.EndsWith(unit, StringComparison.OrdinalIgnoreCase);
        var digits = scaled ? trimmed[..^unit.Length].TrimEnd() : trimmed;
        const NumberStyles Style = NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(digits, Style, CultureInfo.InvariantCulture, out var number)) return null;

        var value = scaled ? number * 1024 : number;
        return value == decimal.Truncate(value) && value is > 0 and <= int.MaxValue ? (int)value : null;
    }
}
