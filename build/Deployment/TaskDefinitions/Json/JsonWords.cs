using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Slipway.Deployment.TaskDefinitions.Json;

/// <summary>Says in a person's words what a JSON parser stumbled over: what stands there, what was expected, and the usual slip.</summary>
internal static class JsonWords
{
    public static string Explain(ReadOnlySpan<byte> utf8, JsonException error)
    {
        var offset = Offset(utf8, error.LineNumber ?? 0, error.BytePositionInLine ?? 0);
        var rest = utf8[offset..];
        if (error.Message.Contains("maximum configured depth", StringComparison.Ordinal)) return "The JSON is nested more than 64 deep.";
        if (rest.IsEmpty) return "The file ends in the middle; a '}' or ']' or a quote is missing.";
        if (rest[0] == (byte)'/') return "JSON knows no comments; remove it.";
        if (rest[0] == (byte)'\'') return "A single quote stands here; JSON wants double quotes.";

        var before = Previous(utf8[..offset]);
        var found = $"'{Printable(rest)}' stands here";
        return (before, rest[0]) switch
        {
            ((byte)',', (byte)'}' or (byte)']') => $"{found} after a comma; remove the comma, or write what should follow it.",
            ((byte)'{' or (byte)',', _) when error.Message.Contains("property name", StringComparison.Ordinal) =>
                $"{found}; a member's name in double quotes was expected.",
            _ when error.Message.Contains("after a property name", StringComparison.Ordinal) => $"{found}; a ':' was expected.",
            (_, (byte)'"') when error.Message.Contains("',' or", StringComparison.Ordinal) || IsAfterValue(before) =>
                $"{found}; a ',' before it is missing.",
            (_, < 0x20) => "A line ends inside a string, or a control character stands in it; write it as an escape such as \\n.",
            _ when error.Message.Contains("after a single JSON value", StringComparison.Ordinal) => $"{found} after the end of the document.",
            _ => $"{found}; {Expected(error.Message)}",
        };
    }

    private static string Expected(string message) => message switch
    {
        _ when message.Contains("after a value", StringComparison.Ordinal) || message.Contains("Expected either ','", StringComparison.Ordinal) =>
            "a ',' or the end of the object or array was expected.",
        _ when message.Contains("escap", StringComparison.Ordinal) => "this escape is not JSON; a backslash itself is written \\\\.",
        _ when message.Contains("number", StringComparison.Ordinal) || message.Contains("leading zero", StringComparison.Ordinal) =>
            "this is not a JSON number.",
        _ => "a value was expected: a string in double quotes, a number, true, false, null, an object or an array.",
    };

    private static bool IsAfterValue(byte before) =>
        before is (byte)'"' or (byte)'}' or (byte)']' or (byte)'e' or (byte)'l' or (>= (byte)'0' and <= (byte)'9');

    private static byte Previous(ReadOnlySpan<byte> before)
    {
        var trimmed = before.TrimEnd(" \t\r\n"u8);
        return trimmed.IsEmpty ? (byte)0 : trimmed[^1];
    }

    private static int Offset(ReadOnlySpan<byte> utf8, long line, long byteInLine)
    {
        var offset = 0;
        for (; line > 0; line--)
        {
            var next = utf8[offset..].IndexOf((byte)'\n');
            if (next < 0) return utf8.Length;
            offset += next + 1;
        }

        return (int)Math.Min(offset + byteInLine, utf8.Length);
    }

    private static string Printable(ReadOnlySpan<byte> rest)
    {
        var readable = Rune.DecodeFromUtf8(rest, out var rune, out _) == OperationStatus.Done && !Rune.IsControl(rune);
        return readable ? rune.ToString() : FormattableString.Invariant($"\\x{rest[0]:X2}");
    }
}
