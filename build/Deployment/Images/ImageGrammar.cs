namespace Slipway.Deployment.Images;

/// <summary>The parts of an image's address. Written out, as every document has a few and its first must not wait for an expression's compilation.</summary>
/// <remarks>Source: the distribution specification's reference grammar.</remarks>
internal static class ImageGrammar
{
    private const string Algorithm = "sha256:";
    private const int LongestTag = 128;

    /// <summary>"sha256:" and 64 hexadecimal digits in lower case.</summary>
    public static bool IsDigest(string text) => text.Length == Algorithm.Length + 64 && text.StartsWith(Algorithm, StringComparison.Ordinal)
        && Characters.AreAll(text.AsSpan(Algorithm.Length), char.IsAsciiHexDigitLower);

    /// <summary>A letter, digit or '_', then also '.' and '-'.</summary>
    public static bool IsTag(string text) => text.Length is > 0 and <= LongestTag && text[0] is not ('.' or '-')
        && Characters.AreAll(text, c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');

    /// <summary>Parts between slashes; in a part, groups of lower case letters and digits with '.', '_', '__' or any number of '-' between them.</summary>
    public static bool IsName(string text)
    {
        var group = 0;
        for (var index = 0; index < text.Length;)
        {
            if (IsGroup(text[index]))
            {
                (group, index) = (group + 1, index + 1);
                continue;
            }

            var separator = group == 0 ? 0 : SeparatorAt(text, index);
            if (separator == 0) return false;
            (group, index) = (0, index + separator);
        }

        return group > 0;
    }

    /// <summary>A host's name or address, IPv6 in brackets, with or without a port.</summary>
    public static bool IsHost(string text)
    {
        var end = text.StartsWith('[') ? text.IndexOf(']', StringComparison.Ordinal) + 1 : text.IndexOf(':', StringComparison.Ordinal);
        if (end < 0) end = text.Length;
        var isAddress = end > 2 && text[0] == '[' && Characters.AreAll(text.AsSpan(1, end - 2), c => char.IsAsciiHexDigit(c) || c is ':' or '.');
        var isName = end > 0 && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[end - 1])
            && Characters.AreAll(text.AsSpan(0, end), c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-');
        var hasPort = text.Length - end is >= 2 and <= 6 && text[end] == ':' && Characters.AreAll(text.AsSpan(end + 1), char.IsAsciiDigit);
        return (isAddress || isName) && (end == text.Length || hasPort);
    }

    private static bool IsGroup(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);

    private static int SeparatorAt(string text, int index) => text[index] switch
    {
        '/' or '.' => 1,
        '_' => index + 1 < text.Length && text[index + 1] == '_' ? 2 : 1,
        '-' => Hyphens(text, index),
        _ => 0,
    };

    private static int Hyphens(string text, int index)
    {
        var end = index;
        while (end < text.Length && text[end] == '-') end++;
        return end - index;
    }
}
