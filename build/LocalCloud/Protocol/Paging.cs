using System.Globalization;
using System.Text;

namespace Slipway.LocalCloud.Protocol;

/// <summary>Pages of a list by an opaque token.</summary>
internal static class Paging
{
    /// <summary>The entries from the token on, and the token of the next page; null where the token is none of ours.</summary>
    public static (IReadOnlyList<T> Items, string? Next)? Of<T>(IReadOnlyList<T> all, string? token, int size)
    {
        var start = 0;
        if (token is not null && !TryRead(token, out start)) return null;
        var items = all.Skip(start).Take(size).ToList();
        return (items, start + items.Count < all.Count ? Write(start + items.Count) : null);
    }

    private static string Write(int start) => Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"from:{start}")));

    private static bool TryRead(string token, out int start)
    {
        start = 0;
        var bytes = new byte[64];
        return token.Length <= 64 && Convert.TryFromBase64String(token, bytes, out var length) &&
            Encoding.ASCII.GetString(bytes, 0, length) is var text && text.StartsWith("from:", StringComparison.Ordinal) &&
            int.TryParse(text["from:".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out start);
    }
}
