using System.IO.Pipelines;
using StreamMlService.Models;
using StreamMlService.Telemetry;

namespace StreamMlService.Scoring;

/// <summary>Answers a stream of observations line by line: an answer is on its way before the next read waits for more.</summary>
internal sealed class ScoreStream(SeriesTable table, ScoringLimits limits, double threshold, ServiceMetrics metrics, TimeProvider time)
{
    /// <summary>Answers of a long burst are sent in pieces of about this size, so that the response's buffer stays small.</summary>
    private const long BurstBytes = 16 * 1024;

    private readonly ObservationParser parser = new(limits);

    /// <summary>
    /// Runs to the end of the input, or until <paramref name="closing"/> says why the service ends the stream itself: then the last line says so.
    /// </summary>
    public async Task RunAsync(PipeReader input, PipeWriter output, StreamClosing closing, CancellationToken cancellationToken)
    {
        var splitter = new LineSplitter(limits.LineBytes);
        using var writer = new LineWriter(output);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, closing.Token);
        try
        {
            while (true)
            {
                closing.Touch();
                // Only the read is given up: Kestrel aborts a connection whose flush is, and a slow reader would miss the last line.
                var read = await input.ReadAsync(either.Token);
                var buffer = read.Buffer;
                while (splitter.TryTake(ref buffer, read.IsCompleted, out var line))
                {
                    Answer(line, writer);
                    if (output.UnflushedBytes > BurstBytes) await output.FlushAsync(cancellationToken);
                }

                input.AdvanceTo(buffer.Start, buffer.End);
                await output.FlushAsync(cancellationToken);
                if (read.IsCompleted) return;
            }
        }
        catch (OperationCanceledException) when (closing.Reason is { } reason && !cancellationToken.IsCancellationRequested)
        {
            writer.Error(null, reason);
            await output.FlushAsync(cancellationToken);
        }
    }

    private void Answer(Line line, LineWriter writer)
    {
        if (line is { TooLong: false, Bytes.IsEmpty: true }) return;

        var begin = time.GetTimestamp();
        LineError? error = null;
        var observation = line.TooLong ? null : parser.Parse(line.Bytes, out error);
        if (observation is null)
        {
            Reject(line, error ?? new LineError("line_too_long", $"A line has at most {limits.LineBytes} bytes."), writer);
            return;
        }

        if (table.Observe(observation.Series, [.. observation.Values], out var verdict) is { } expected)
        {
            var values = observation.Values.Count;
            Reject(line, new LineError("dimensions_changed", $"The series began with {expected} values per observation, this one has {values}."), writer);
            return;
        }

        var anomaly = verdict.IsAnomaly(threshold);
        writer.Score(line.Number, observation.Series, verdict, anomaly);
        metrics.Scored(time.GetElapsedTime(begin), anomaly);
    }

    private void Reject(Line line, LineError error, LineWriter writer)
    {
        writer.Error(line.Number, error);
        metrics.Rejected();
    }
}
