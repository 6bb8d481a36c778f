using System.Text;
using System.Text.Json;

namespace Slipway.Deployment.TaskDefinitions.Json;

/// <summary>The names of members, each as one string: a document has hundreds of members and a handful of names.</summary>
internal sealed class MemberNames
{
    private const int Longest = 32;

    // Two names of one slot only take turns in it.
    private readonly string?[] known = new string?[64];

    /// <summary>The text of the member's name or string that the reader is at.</summary>
    public string Read(ref Utf8JsonReader reader)
    {
        var utf8 = reader.ValueSpan;
        if (reader.ValueIsEscaped || utf8.Length is 0 or > Longest) return reader.GetString()!;

        // Characters beyond ASCII are never equal, and so are always decoded, which checks them.
        ref var slot = ref known[((utf8[0] * 5) + utf8[^1] + (utf8.Length * 3)) % known.Length];
        return slot is not null && Ascii.Equals(utf8, slot) ? slot : slot = reader.GetString()!;
    }
}
