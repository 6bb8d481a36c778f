using System.Security.Cryptography;

namespace Slipway.LocalCloud.BaseImage;

/// <summary>Passes on what is written to it and hashes it on the way.</summary>
internal sealed class HashingStream(Stream next) : Stream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>"sha256:…" of everything so far.</summary>
    public string Digest() => $"sha256:{Convert.ToHexStringLower(hash.GetCurrentHash())}";

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        hash.AppendData(buffer);
        next.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        hash.AppendData(buffer.Span);
        await next.WriteAsync(buffer, cancellationToken);
    }

    public override void Flush() => next.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => next.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) hash.Dispose();
        base.Dispose(disposing);
    }
}
