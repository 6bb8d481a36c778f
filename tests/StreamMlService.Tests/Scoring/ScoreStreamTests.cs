using System.IO.Pipelines;
using System.Text;
using StreamMlService.Models;
using StreamMlService.Scoring;
using StreamMlService.Telemetry;

namespace StreamMlService.Tests.Scoring;

internal sealed class ScoreStreamTests
{
    [Test]
    public async Task A_slow_reader_gets_the_last_line_of_a_stream_that_the_service_ends()
    {
        var input = new Pipe();
        var output = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        using var graceIsOver = new CancellationTokenSource();
        using var closing = new StreamClosing(TimeSpan.FromMinutes(1), TimeProvider.System, graceIsOver.Token);
        var stream = new ScoreStream(new SeriesTable(10, 10), ScoringLimits.Default, 3, new ServiceMetrics(), TimeProvider.System)
            .RunAsync(input.Reader, new KestrelLikeWriter(output.Writer), closing, CancellationToken.None);
        await input.Writer.WriteAsync("{\"series\":\"a\",\"values\":[1]}\n"u8.ToArray());
        var first = await output.Reader.ReadAsync();
        output.Reader.AdvanceTo(first.Buffer.Start);

        await graceIsOver.CancelAsync();

        var text = new StringBuilder();
        while (!text.ToString().Contains("stopping", StringComparison.Ordinal))
        {
            var read = await output.Reader.ReadAsync();
            text.Append(Encoding.UTF8.GetString(read.Buffer));
            output.Reader.AdvanceTo(read.Buffer.End);
            Assert.That(read.IsCompleted, Is.False, $"the connection was cut after: {text}");
        }

        await stream;
        Assert.That(text.ToString(), Does.StartWith("{\"line\":1,"));
    }

    /// <summary>A flush that is cancelled while it waits ends the connection, as with Kestrel.</summary>
    private sealed class KestrelLikeWriter(PipeWriter inner) : PipeWriter
    {
        public override bool CanGetUnflushedBytes => true;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public override void Advance(int bytes) => inner.Advance(bytes);

        public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            try
            {
                return await inner.FlushAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                await inner.CompleteAsync();
                throw;
            }
        }
    }
}
