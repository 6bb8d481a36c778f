using System.Text;
using System.Text.Json;
using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.TaskDefinitions.Json;

/// <summary>
/// Reads one JSON object from bytes and refuses what RFC 8259 or good sense refuse: comments, trailing commas,
/// duplicate names, a byte order mark, invalid UTF-8. Every token has its place, and a number keeps the digits
/// that it was written with: the document goes to ECS as its author wrote it.
/// </summary>
internal sealed class StrictJsonReader
{
    /// <summary>ECS itself takes 64 KiB; a file beyond this is something else.</summary>
    public const int MaxBytes = 1024 * 1024;

    private const int MaxDepth = 64;

    private readonly LineMap map;
    private readonly MemberNames names = new();

    private StrictJsonReader(LineMap map) => this.map = map;

    /// <summary>Reads the object; where it cannot be read, the result is null and <paramref name="problem"/> says why and where.</summary>
    public static JObject? Read(ReadOnlyMemory<byte> utf8, out JsonProblem? problem)
    {
        problem = FindGrossProblem(utf8.Span);
        if (problem is not null) return null;

        var map = new LineMap(utf8);
        var reader = new Utf8JsonReader(
            utf8.Span, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Disallow, MaxDepth = MaxDepth });
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                problem = new(JsonRules.Syntax, map.At(reader.TokenStartIndex), "The document is no object.", Name(reader.TokenType), "one JSON object");
                return null;
            }

            var offset = reader.TokenStartIndex;
            var root = new StrictJsonReader(map).ReadObject(ref reader);
            root.AddAnnotation(map.At(offset));
            reader.Read(); // Refuses anything behind the object.
            return root;
        }
        catch (JsonException error)
        {
            problem = JsonWords.Explain(utf8.Span, error, map.At(error.LineNumber ?? 0, error.BytePositionInLine ?? 0));
        }
        catch (RefusedTokenException refused)
        {
            problem = refused.Problem(map);
        }

        return null;
    }

    private static JsonProblem? FindGrossProblem(ReadOnlySpan<byte> utf8)
    {
        var start = new TextPosition(1, 1);
        if (utf8.Length > MaxBytes)
            return new(JsonRules.Size, start, "The file is too large to be a task definition.", Bytes(utf8.Length), $"at most {Bytes(MaxBytes)}");
        if (utf8.StartsWith("\uFEFF"u8))
            return new(JsonRules.Encoding, start, "The file begins with a byte order mark.", "U+FEFF", "UTF-8 without a byte order mark");
        if (utf8 is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..]) return new(JsonRules.Encoding, start, "The file is not UTF-8.", "UTF-16", "UTF-8");
        return IsBlank(utf8) ? new(JsonRules.Syntax, start, "The file is empty.", null, "one JSON object") : null;
    }

    private static bool IsBlank(ReadOnlySpan<byte> utf8)
    {
        foreach (var character in utf8)
        {
            if (character is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')) return false;
        }

        return true;
    }

    private static string Bytes(int count) => FormattableString.Invariant($"{count} bytes");

    private JObject ReadObject(ref Utf8JsonReader reader)
    {
        var result = new JObject();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var offset = reader.TokenStartIndex;
            var name = Text(ref reader, names);
            reader.Read();
            var position = new MemberPosition(map, (int)offset, (int)reader.TokenStartIndex);
            var member = new JProperty(name, ReadValue(ref reader));
            member.AddAnnotation(position);
            try
            {
                result.Add(member);
            }
            catch (ArgumentException)
            {
                throw new RefusedTokenException(JsonRules.DuplicateName, offset, "The same object has this member twice.", FoundText.Quoted(name), "each name once");
            }
        }

        return result;
    }

    private JArray ReadArray(ref Utf8JsonReader reader)
    {
        var result = new JArray();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var position = map.At(reader.TokenStartIndex);
            var item = ReadValue(ref reader);
            item.AddAnnotation(position);
            result.Add(item);
        }

        return result;
    }

    private JToken ReadValue(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadObject(ref reader),
        JsonTokenType.StartArray => ReadArray(ref reader),
        JsonTokenType.String => new JValue(Text(ref reader)),
        JsonTokenType.Number => new JRaw(Encoding.UTF8.GetString(reader.ValueSpan)),
        JsonTokenType.True => new JValue(true),
        JsonTokenType.False => new JValue(false),
        _ => JValue.CreateNull(),
    };

    private static string Text(ref Utf8JsonReader reader, MemberNames? names = null)
    {
        try
        {
            return names?.Read(ref reader) ?? reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new RefusedTokenException(
                JsonRules.Encoding, reader.TokenStartIndex, "The text is not valid UTF-8, or holds half of a surrogate pair.", null, "whole characters in UTF-8");
        }
    }

    private static string Name(JsonTokenType type) => type switch
    {
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "true or false",
    };

    private sealed class RefusedTokenException(TaskDefinitionRule rule, long offset, string message, string? found, string allowed) : Exception(message)
    {
        public JsonProblem Problem(LineMap map) => new(rule, map.At(offset), Message, found, allowed);
    }
}
