using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace StreamMlService.Scoring;

/// <summary>
/// Reads one NDJSON line: <c>{"series":"pump-7","value":1.5}</c> or <c>{"series":"pump-7","values":[1.5,20]}</c>. Other properties are ignored,
/// so that producers may send what they have.
/// </summary>
public sealed class ObservationParser(ScoringLimits limits)
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 16 };

    public Observation? Parse(ReadOnlySequence<byte> line, out LineError? error)
    {
        try
        {
            var reader = new Utf8JsonReader(line, Options);
            error = Read(ref reader, out var observation);
            return observation;
        }
        catch (JsonException exception)
        {
            error = new LineError("invalid_json", $"Not a JSON object in one line (at byte {exception.BytePositionInLine?.ToString(CultureInfo.InvariantCulture) ?? "0"}).");
        }
        catch (InvalidOperationException)
        {
            // What the reader throws for text that is no UTF-8 and for half a surrogate pair.
            error = new LineError("invalid_text", "The line holds text that is not valid Unicode.");
        }

        return null;
    }

    private LineError? Read(ref Utf8JsonReader reader, out Observation? observation)
    {
        observation = null;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) return new LineError("invalid_json", "A line is one JSON object.");

        string? series = null;
        List<double>? values = null;
        LineError? error = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var isSeries = reader.ValueTextEquals("series");
            var isValue = reader.ValueTextEquals("value");
            var isValues = reader.ValueTextEquals("values");
            reader.Read();
            if (isSeries)
            {
                error ??= ReadSeries(ref reader, ref series);
            }
            else if (isValue || isValues)
            {
                error ??= values is not null
                    ? new LineError("invalid_values", "\"value\" or \"values\", once.")
                    : ReadValues(ref reader, isValues, values = []);
            }

            // What an error left unread and what nobody asked for; a scalar has nothing to skip.
            reader.Skip();
        }

        // To the end also after an error in the meaning: broken JSON is the more useful message.
        reader.Read();
        error ??= values is null ? new LineError("invalid_values", "\"value\" (a number) or \"values\" (an array of numbers) is missing.") : null;
        if (error is null) observation = new Observation(series ?? Observation.DefaultSeries, values!);
        return error;
    }

    private LineError? ReadSeries(ref Utf8JsonReader reader, ref string? series)
    {
        if (series is not null) return new LineError("invalid_series", "\"series\", once.");
        if (reader.TokenType != JsonTokenType.String) return new LineError("invalid_series", "\"series\" is a string.");
        series = reader.GetString()!;
        return series.Length is 0 || series.Length > limits.SeriesName
            ? new LineError("invalid_series", $"\"series\" has 1 to {limits.SeriesName} characters.")
            : null;
    }

    private LineError? ReadValues(ref Utf8JsonReader reader, bool array, List<double> values)
    {
        if (!array) return ReadNumber(ref reader, values);
        if (reader.TokenType != JsonTokenType.StartArray) return new LineError("invalid_values", "\"values\" is an array of numbers.");
        LineError? error = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            error ??= values.Count == limits.Dimensions
                ? new LineError("too_many_values", $"An observation has at most {limits.Dimensions} values.")
                : ReadNumber(ref reader, values);
            reader.Skip();
        }

        return error ?? (values.Count == 0 ? new LineError("invalid_values", "\"values\" is empty.") : null);
    }

    [SuppressMessage("Style", "IDE0046", Justification = "Three refusals in a row read better than nested conditionals.")]
    private LineError? ReadNumber(ref Utf8JsonReader reader, List<double> values)
    {
        if (reader.TokenType != JsonTokenType.Number) return new LineError("invalid_values", "A value is a JSON number.");
        if (!reader.TryGetDouble(out var value) || !(Math.Abs(value) <= limits.Magnitude))
            return new LineError("value_out_of_range", string.Create(CultureInfo.InvariantCulture, $"A value lies between -{limits.Magnitude} and {limits.Magnitude}."));
        values.Add(value);
        return null;
    }
}
