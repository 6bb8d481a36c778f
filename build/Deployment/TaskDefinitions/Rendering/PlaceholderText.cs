namespace Slipway.Deployment.TaskDefinitions.Rendering;

/// <summary>A piece of a text with placeholders.</summary>
internal abstract record PlaceholderPart
{
    /// <summary>Text that stands for itself.</summary>
    public sealed record Literal(string Text) : PlaceholderPart;

    /// <summary><c>${NAME}</c>, <c>${NAME:-default}</c> or <c>${NAME:?message}</c>.</summary>
    public sealed record Placeholder(string Name, string? Default, string? Message) : PlaceholderPart;

    /// <summary>Something that begins like a placeholder and is none.</summary>
    public sealed record Malformed(string Text) : PlaceholderPart;
}

/// <summary>Takes a text with placeholders apart. Nothing nests: the first '}' ends a placeholder, and "$${" writes "${".</summary>
internal static class PlaceholderText
{
    public const string Begin = "${";
    private const string Escaped = "$${";

    public static bool MayHold(string text) => text.Contains(Begin, StringComparison.Ordinal);

    public static IReadOnlyList<PlaceholderPart> Split(string text)
    {
        var parts = new List<PlaceholderPart>();
        var literal = 0;
        for (var at = text.IndexOf('$', StringComparison.Ordinal); at >= 0; at = text.IndexOf('$', at))
        {
            if (string.CompareOrdinal(text, at, Escaped, 0, Escaped.Length) == 0)
            {
                parts.Add(new PlaceholderPart.Literal(text[literal..at] + Begin));
                at = literal = at + Escaped.Length;
            }
            else if (string.CompareOrdinal(text, at, Begin, 0, Begin.Length) == 0)
            {
                if (at > literal) parts.Add(new PlaceholderPart.Literal(text[literal..at]));
                var end = text.IndexOf('}', at);
                var inner = text[(at + Begin.Length)..(end < 0 ? text.Length : end)];
                parts.Add(end < 0 ? new PlaceholderPart.Malformed(text[at..]) : Read(inner));
                at = literal = end < 0 ? text.Length : end + 1;
            }
            else
            {
                at++;
            }

            if (at >= text.Length) break;
        }

        if (literal < text.Length) parts.Add(new PlaceholderPart.Literal(text[literal..]));
        return parts;
    }

    private static PlaceholderPart Read(string inner)
    {
        var length = inner.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.').Count();
        var (name, rest) = (inner[..length], inner[length..]);
        if (length == 0 || char.IsAsciiDigit(name[0]) || name[0] == '.') return new PlaceholderPart.Malformed($"{Begin}{inner}}}");
        return rest switch
        {
            "" => new PlaceholderPart.Placeholder(name, null, null),
            [':', '-', .. var otherwise] => new PlaceholderPart.Placeholder(name, otherwise, null),
            [':', '?', .. var message] => new PlaceholderPart.Placeholder(name, null, message),
            _ => new PlaceholderPart.Malformed($"{Begin}{inner}}}"),
        };
    }
}
