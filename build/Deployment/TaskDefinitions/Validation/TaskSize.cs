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

    private static readonly FargateSize[] Offered =
    [
        new(256, 512, 2048, 512),
        new(512, 1024, 4096, 1024),
        new(1024, 2048, 8192, 1024),
        new(2048, 4096, 16384, 1024),
        new(4096, 8192, 30720, 1024),
        new(8192, 16384, 61440, 4096),
        new(16384, 32768, 122880, 8192),
    ];

    /// <summary>CPU units: 1024 are one vCPU.</summary>
    public static int? Cpu(string text) => Parse(text, "vcpu");

    /// <summary>MiB.</summary>
    public static int? MemoryMiB(string text) => Parse(text, "gb");

    /// <summary>Whether Fargate has tasks of this cpu, or it is larger than this program knows.</summary>
    public static bool IsOfferedCpu(int cpu) => cpu > LargestKnownCpu || Find(cpu) is not null;

    /// <summary>What Fargate offers instead of this pair; null where it offers the pair, or where it is larger than this program knows.</summary>
    public static string? FindFargateOffer(int cpu, int memory)
    {
        if (cpu > LargestKnownCpu) return null;
        if (Find(cpu) is not { } size) return $"{string.Join(", ", Offered.Select(offer => offer.Cpu))} CPU units";
        return size.Has(memory) ? null : FormattableString.Invariant($"{size} MiB with {cpu} CPU units");
    }

    private static FargateSize? Find(int cpu) => Array.Find(Offered, size => size.Cpu == cpu);

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

    /// <summary>The memory that goes with a cpu, in MiB.</summary>
    private sealed record FargateSize(int Cpu, int From, int To, int Step)
    {
        // 256 CPU units skip the step of 1.5 GB.
        public bool Has(int memory) => memory >= From && memory <= To && (memory - From) % Step == 0 && (Cpu != 256 || memory != 1536);

        public override string ToString() =>
            Cpu == 256 ? "512, 1024 or 2048" : FormattableString.Invariant($"{From} to {To} (in steps of {Step})");
    }
}
