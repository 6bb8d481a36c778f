using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Amazon.JsonProtocol;

/// <summary>
/// The JSON rules of AWS's services: names start with a small letter, what is null is absent, an empty list that was set is sent,
/// keys of maps stay as they are, times are seconds since 1970.
/// </summary>
public static class AwsJson
{
    /// <summary>Reads what it knows and ignores the rest, as clients of a growing API must.</summary>
    public static JsonSerializerOptions Options { get; } = Create(JsonUnmappedMemberHandling.Skip);

    /// <summary>Refuses an unknown member: a check for typing errors, never a way to build what is sent.</summary>
    public static JsonSerializerOptions Strict { get; } = Create(JsonUnmappedMemberHandling.Disallow);

    // Bytes go over HTTP, not into a page: no reason to escape what JSON does not ask to.
    internal static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes any request or model object.</summary>
    public static void Write(Utf8JsonWriter writer, object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        JsonSerializer.Serialize(writer, value, value.GetType(), Options);
    }

    /// <returns>Null where the body is empty.</returns>
    public static T? Read<T>(Stream body) where T : class
    {
        using var buffer = new MemoryStream();
        body.CopyTo(buffer);
        return buffer.Length == 0 ? null : JsonSerializer.Deserialize<T>(buffer.GetBuffer().AsSpan(0, (int)buffer.Length), Options);
    }

    private static JsonSerializerOptions Create(JsonUnmappedMemberHandling unmapped)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = new FirstLetterPolicy(),
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            NumberHandling = JsonNumberHandling.AllowReadingFromString,
            UnmappedMemberHandling = unmapped,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { WireShape.Apply } },
            Converters = { new EpochSecondsConverter(), new ConstantClassConverterFactory(), new DocumentConverter() },
        };
        options.MakeReadOnly();
        return options;
    }

    /// <summary>Not camel case: "IAMRole" is "iAMRole" to AWS's generators.</summary>
    private sealed class FirstLetterPolicy : JsonNamingPolicy
    {
        public override string ConvertName(string name) =>
            name.Length == 0 ? name : string.Concat(char.ToLowerInvariant(name[0]).ToString(), name.AsSpan(1));
    }
}
