using System.Globalization;

namespace Slipway.LocalCloud.Ecs.Model;

/// <summary>"256", "0.25 vCPU", "512", "0.5 GB": ECS takes both forms and answers with the plain one.</summary>
internal static class TaskSize
{
    /// <summary>CPU units, 1024 a core; null where the text is no size.</summary>
    public static int? Cpu(string? text) => Read(text, "vcpu", 1024);

    /// <summary>MiB; null where the text is no size.</summary>
    public static int? Memory(string? text) => Read(text, "gb", 1024);

    /// <summary>Whether Fargate has such a size.</summary>
    public static bool IsFargate(int cpu, int memory) => cpu switch
    {
        256 => memory is 512 or 1024 or 2048,
        512 => memory is >= 1024 and <= 4096 && memory % 1024 == 0,
        1024 => memory is >= 2048 and <= 8192 && memory % 1024 == 0,
        2048 => memory is >= 4096 and <= 16384 && memory % 1024 == 0,
        4096 => memory is >= 8192 and <= 30720 && memory % 1024 == 0,
        8192 => memory is >= 16384 and <= 61440 && memory % 4096 == 0,
        16384 => memory is >= 32768 and <= 122880 && memory % 8192 == 0,
        _ => false,
    };

    private static int? Read(string? text, string unit, int factor)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var compact = text.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        var scaled = compact.EndsWith(unit, StringComparison.Ordinal);
        if (scaled) compact = compact[..^unit.Length];
        if (!double.TryParse(compact, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return null;
        return number is > 0 and < 1_000_000 ? (int)(number * (scaled ? factor : 1)) : null;
    }
}
