using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;

namespace Slipway.LocalCloud.FrontDoor;

/// <summary>A response's body as it comes in; the connection goes with it.</summary>
/// <param name="reader">Stands behind the response's head.</param>
/// <param name="connection">Of this exchange alone.</param>
/// <param name="sending">The request's body, which may still be under way.</param>
/// <param name="chunked">Whether it comes in chunks.</param>
/// <param name="length">Without chunks: its length; null: until the connection ends.</param>
internal sealed class DuplexBody(PipeReader reader, NetworkStream connection, Task sending, bool chunked, long? length) : Stream
{
    private const int MostLineBytes = 4096;

    /// <summary>Bytes left of the body or of the present chunk; null: until the connection ends.</summary>
    private long? left = chunked ? 0 : length;
    private bool inChunk;
    private bool ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty || ended) return 0;
        if (left == 0 && !(chunked && await NextChunkAsync(cancellationToken))) return End();
        var read = await reader.ReadAsync(cancellationToken);
        if (read.Buffer.IsEmpty)
        {
            if (left is not null) throw new IOException("The connection ended within the response's body.");
            return End();
        }

        var count = (int)Math.Min(Math.Min(buffer.Length, read.Buffer.Length), left ?? long.MaxValue);
        read.Buffer.Slice(0, count).CopyTo(buffer.Span);
        reader.AdvanceTo(read.Buffer.GetPosition(count));
        left -= count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // Whoever reads no further answer has no use for the rest of the request either.
            connection.Dispose();
            _ = sending.ContinueWith(task => task.Exception, TaskScheduler.Default);
        }

        base.Dispose(disposing);
    }

    private int End()
    {
        ended = true;
        return 0;
    }

    private async Task<bool> NextChunkAsync(CancellationToken cancellationToken)
    {
        if (inChunk && (await ReadLineAsync(cancellationToken)).Length > 0) throw new IOException("A chunk of the response is longer than it said.");
        var head = await ReadLineAsync(cancellationToken);
        var extension = head.IndexOf(';', StringComparison.Ordinal);
        var size = (extension < 0 ? head : head[..extension]).Trim();
        if (!long.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bytes) || bytes < 0)
            throw new IOException("A chunk of the response has no size.");
        (left, inChunk) = (bytes, true);
        if (bytes > 0) return true;
        while ((await ReadLineAsync(cancellationToken)).Length > 0)
        {
            // Trailers: the front door does not pass them on.
        }

        return false;
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Encoding.ASCII.GetString(read.Buffer.Slice(0, end)).TrimEnd('\r');
                reader.AdvanceTo(read.Buffer.GetPosition(1, end));
                return line;
            }

            var tooLong = read.Buffer.Length > MostLineBytes;
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (tooLong || read.IsCompleted) throw new IOException("The connection ended within a chunk of the response.");
        }
    }
}
