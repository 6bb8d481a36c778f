using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Slipway.Deployment.TaskDefinitions.Json;

/// <summary>Says in a person's words what a JSON parser stumbled over: the usual slip, what stands there, what was expected.</summary>
internal static class JsonWords
{
    public static JsonProblem Explain(ReadOnlySpan<byte> utf8, JsonException error, TextPosition position)
    {
        if (error.Message.Contains("maximum configured depth", StringComparison.Ordinal))
            return new(JsonRules.Depth, position, "The JSON is nested too deep.", null, "64 objects and arrays inside of each other");

        var offset = Offset(utf8, error.LineNumber ?? 0, error.BytePositionInLine ?? 0);
        var rest = utf8[offset..];
        var (problem, allowed) = Words(utf8[..offset], rest, error.Message);
        return new(JsonRules.Syntax, position, problem, rest.IsEmpty ? null : Printable(rest), allowed);
    }

    private static (string Problem, string Allowed) Words(ReadOnlySpan<byte> text, ReadOnlySpan<byte> rest, string parser)
    {
        if (rest.IsEmpty) return ("The file ends in the middle.", "what is still missing: a '}', a ']' or a quote");
        if (rest[0] == (byte)'/') return ("JSON knows no comments.", "a document without them");
        if (rest[0] == (byte)'\'') return ("JSON wants double quotes.", "'\"'");
        if (rest[0] < 0x20) return ("A line ends inside a string, or a control character stands in it.", "an escape such as \\n");

        var before = Previous(text);
        var isName = parser.Contains("property name", StringComparison.Ordinal);
        if (before == (byte)',' && rest[0] is (byte)'}' or (byte)']') return ("A comma has nothing behind it.", "a last entry without a comma");
        if (before is (byte)'{' or (byte)',' && isName && !parser.Contains("after a property name", StringComparison.Ordinal))
            return ("A member's name was expected.", "a name in double quotes");
        if (parser.Contains("after a property name", StringComparison.Ordinal)) return ("A colon between name and value is missing.", "':'");
        if (rest[0] == (byte)'"' && (parser.Contains("',' or", StringComparison.Ordinal) || IsAfterValue(before)))
            return ("A comma is missing before it.", "','");
        if (parser.Contains("after a single JSON value", StringComparison.Ordinal)) return ("Something stands after the end of the document.", "one JSON object");
        return Expected(parser);
    }

    private static (string Problem, string Allowed) Expected(string parser) => parser switch
    {
        _ when parser.Contains("after a value", StringComparison.Ordinal) || parser.Contains("Expected either ','", StringComparison.Ordinal) =>
            ("The object or array goes on in a wrong way.", "',' or its end"),
        _ when parser.Contains("escap", StringComparison.Ordinal) => ("This escape is not JSON's.", "\\\\ for a backslash itself, \\\", \\n, \\t or \\u and four digits"),
        _ when parser.Contains("number", StringComparison.Ordinal) || parser.Contains("leading zero", StringComparison.Ordinal) =>
            ("This is not a JSON number.", "digits without a leading zero, such as 10, -1 or 0.5"),
        _ => ("A value was expected.", "a string in double quotes, a number, true, false, null, an object or an array"),
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
        return readable ? $"'{rune}'" : FormattableString.Invariant($"the byte 0x{rest[0]:X2}");
    }
}
