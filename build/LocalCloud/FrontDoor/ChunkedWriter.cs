using System.Globalization;
using System.Text;

namespace Slipway.LocalCloud.FrontDoor;

/// <summary>Writes each piece as a chunk of its own (RFC 9112, 7.1) and at once: a piece may be a line that somebody waits for.</summary>
internal sealed class ChunkedWriter(Stream connection) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // An empty chunk would end the body.
        if (buffer.IsEmpty) return;
        var head = Encoding.ASCII.GetBytes($"{buffer.Length.ToString("x", CultureInfo.InvariantCulture)}\r\n");
        var chunk = new byte[head.Length + buffer.Length + 2];
        head.CopyTo(chunk, 0);
        buffer.CopyTo(chunk.AsMemory(head.Length));
        chunk[^2] = (byte)'\r';
        chunk[^1] = (byte)'\n';
        await connection.WriteAsync(chunk, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => connection.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
