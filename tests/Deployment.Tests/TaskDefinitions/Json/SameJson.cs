using System.Text.Json;

namespace Slipway.Deployment.Tests.TaskDefinitions.Json;

/// <summary>Compares two texts by another reader than the program's: the same members in the same order, the same characters, the same digits.</summary>
internal static class SameJson
{
    public static string? FindDifference(byte[] left, byte[] right)
    {
        using var first = JsonDocument.Parse(left);
        using var second = JsonDocument.Parse(right);
        return Compare(first.RootElement, second.RootElement, "$");
    }

    private static string? Compare(JsonElement left, JsonElement right, string path)
    {
        if (left.ValueKind != right.ValueKind) return $"{path}: {left.ValueKind} became {right.ValueKind}";
        switch (left.ValueKind)
        {
            case JsonValueKind.Object:
                var (before, after) = (left.EnumerateObject().ToList(), right.EnumerateObject().ToList());
                if (!before.Select(member => member.Name).SequenceEqual(after.Select(member => member.Name), StringComparer.Ordinal)) return $"{path}: other members";
                return before.Zip(after, (one, other) => Compare(one.Value, other.Value, $"{path}.{one.Name}")).FirstOrDefault(found => found is not null);
            case JsonValueKind.Array:
                if (left.GetArrayLength() != right.GetArrayLength()) return $"{path}: another length";
                return left.EnumerateArray().Zip(right.EnumerateArray(), (one, other) => Compare(one, other, $"{path}[]")).FirstOrDefault(found => found is not null);
            case JsonValueKind.String:
                return left.GetString() == right.GetString() ? null : $"{path}: another text";
            case JsonValueKind.Number:
                return left.GetRawText() == right.GetRawText() ? null : $"{path}: {left.GetRawText()} became {right.GetRawText()}";
            default:
                return null;
        }
    }
}
