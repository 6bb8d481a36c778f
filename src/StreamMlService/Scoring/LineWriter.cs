using System.Buffers;
using System.Text.Json;
using StreamMlService.Models;

namespace StreamMlService.Scoring;

/// <summary>Writes the answers, one JSON object and one line feed each.</summary>
internal sealed class LineWriter(IBufferWriter<byte> output) : IDisposable
{
    private const int Decimals = 6;

    private readonly Utf8JsonWriter json = new(output);

    public void Score(long line, string series, Verdict verdict, bool anomaly)
    {
        json.WriteStartObject();
        json.WriteNumber("line", line);
        json.WriteString("series", series);
        json.WriteNumber("seen", verdict.Count);
        Optional("distance", verdict.Distance);
        Optional("score", verdict.Score);
        json.WriteBoolean("anomaly", anomaly);
        End();
    }

    /// <summary>An error of a line, or of the whole stream where <paramref name="line"/> is null.</summary>
    public void Error(long? line, LineError error)
    {
        json.WriteStartObject();
        if (line is { } number) json.WriteNumber("line", number);
        json.WriteString("error", error.Code);
        json.WriteString("message", error.Message);
        End();
    }

    public void Dispose() => json.Dispose();

    private void Optional(string name, double? value)
    {
        if (value is { } number) json.WriteNumber(name, Math.Round(number, Decimals));
        else json.WriteNull(name);
    }

    private void End()
    {
        json.WriteEndObject();
        json.Flush();
        json.Reset();
        output.Write("\n"u8);
    }
}
