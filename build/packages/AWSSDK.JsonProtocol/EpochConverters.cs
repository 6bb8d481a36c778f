using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amazon.JsonProtocol;

/// <summary>Seconds since 1970, with fraction, as a UTC time. Text in ISO 8601 is read, too: some emulators send it.</summary>
internal sealed class EpochSecondsConverter : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? DateTime.Parse(reader.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal)
            : Epoch.FromTicks(reader.GetDecimal() * TimeSpan.TicksPerSecond);

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        writer.WriteNumberValue((decimal)Epoch.Ticks(value) / TimeSpan.TicksPerSecond);
}

/// <summary>Milliseconds since 1970 as a UTC time: CloudWatch Logs calls them "long", upstream's types say DateTime.</summary>
public sealed class EpochMillisecondsConverter : JsonConverter<DateTime>
{
    /// <inheritdoc />
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Epoch.FromTicks((decimal)reader.GetInt64() * TimeSpan.TicksPerMillisecond);

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumberValue(Epoch.Ticks(value) / TimeSpan.TicksPerMillisecond);
    }
}

internal static class Epoch
{
    public static DateTime FromTicks(decimal ticks)
    {
        if (ticks < -DateTime.UnixEpoch.Ticks || ticks > DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks)
            throw new JsonException($"{ticks} ticks since 1970 are not a date.");
        return DateTime.UnixEpoch.AddTicks((long)ticks);
    }

    public static long Ticks(DateTime value) => value.ToUniversalTime().Ticks - DateTime.UnixEpoch.Ticks;
}
