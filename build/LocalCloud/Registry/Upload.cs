using System.Security.Cryptography;

namespace Slipway.LocalCloud.Registry;

/// <summary>A blob on its way: its bytes in a temporary file, their hash so far.</summary>
internal sealed class Upload(string id, string repository, string file, DateTimeOffset now) : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int busy;

    public string Id { get; } = id;

    public string Repository { get; } = repository;

    public string File { get; } = file;

    /// <summary>How many bytes have arrived.</summary>
    public long Length { get; private set; }

    public DateTimeOffset LastUsed { get; private set; } = now;

    /// <summary>One request at a time writes to an upload.</summary>
    public bool TryEnter() => Interlocked.Exchange(ref busy, 1) == 0;

    public void Leave(DateTimeOffset now)
    {
        LastUsed = now;
        Interlocked.Exchange(ref busy, 0);
    }

    /// <summary>Adds what a request brings; what has arrived when it breaks off stays, and the client may go on from there.</summary>
    public async Task AppendAsync(Stream source, long most, CancellationToken cancellationToken)
    {
        await using var target = new FileStream(File, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous);
        target.SetLength(Length);
        target.Position = Length;
        var buffer = new byte[128 * 1024];
        int read;
        while ((read = await source.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (Length + read > most) throw new RegistryException(413, "SIZE_INVALID", $"a blob has at most {most} bytes");
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            hash.AppendData(buffer, 0, read);
            Length += read;
        }
    }

    public string Digest() => $"sha256:{Convert.ToHexStringLower(hash.GetCurrentHash())}";

    public void Dispose()
    {
        hash.Dispose();
        System.IO.File.Delete(File);
    }
}
