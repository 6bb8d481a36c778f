using System.Text.Json.Serialization;

namespace Slipway.LocalCloud.Logs;

/// <summary>An event as it lies in a stream's file; the short names keep a noisy log small.</summary>
/// <param name="Number">Counts up in its stream, and so orders events of one millisecond.</param>
/// <param name="Timestamp">Milliseconds since 1970, as the writer says.</param>
/// <param name="IngestionTime">Milliseconds since 1970, when it arrived.</param>
internal sealed record LogEvent(
    [property: JsonPropertyName("n")] long Number,
    [property: JsonPropertyName("t")] long Timestamp,
    [property: JsonPropertyName("i")] long IngestionTime,
    [property: JsonPropertyName("m")] string Message);
