using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Slipway.LocalCloud.State;

namespace Slipway.LocalCloud.Images;

/// <summary>Content by its digest. A file under its digest is whole and true: it is verified in a temporary file first.</summary>
internal sealed class BlobStore(StateFolder state)
{
    private const int Buffer = 128 * 1024;

    private readonly string root = state.Folder("registry", "blobs", "sha256");

    /// <summary>Absolute path of a blob, there or not.</summary>
    public string PathOf(string digest)
    {
        if (!ImageNames.IsDigest(digest)) throw new ArgumentException($"'{digest}' is no sha256 digest", nameof(digest));
        var hex = digest["sha256:".Length..];
        return Path.Combine(root, hex[..2], hex);
    }

    [SuppressMessage("Security", "CA3003", Justification = "PathOf takes nothing but a digest.")]
    public bool Has(string digest) => File.Exists(PathOf(digest));

    public long Size(string digest) => new FileInfo(PathOf(digest)).Length;

    public byte[] Read(string digest) => File.ReadAllBytes(PathOf(digest));

    /// <summary>Takes over a file whose digest the caller has computed.</summary>
    public void Take(string file, string digest)
    {
        var path = PathOf(digest);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(file, path, overwrite: true);
    }

    public string Add(byte[] bytes)
    {
        var digest = Digest(bytes);
        if (Has(digest)) return digest;
        var temporary = NewTemporary();
        File.WriteAllBytes(temporary, bytes);
        Take(temporary, digest);
        return digest;
    }

    /// <summary>Adds a file that may lie on another disk, and that is moved away where it can be.</summary>
    public async Task<string> AddFileAsync(string file, CancellationToken cancellationToken)
    {
        string digest;
        await using (var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, Buffer, FileOptions.Asynchronous | FileOptions.SequentialScan))
            digest = $"sha256:{Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken))}";
        if (Has(digest)) File.Delete(file);
        else
        {
            // Across disks a move is a copy, which a crash could leave half done under the digest's name.
            var temporary = NewTemporary();
            File.Move(file, temporary);
            Take(temporary, digest);
        }

        return digest;
    }

    /// <summary>A file on the same disk, for content that is not verified yet.</summary>
    public string NewTemporary() => Path.Combine(state.Folder("registry", "uploads"), Guid.NewGuid().ToString());

    /// <summary>Forgets unfinished uploads and every blob that is not in <paramref name="used"/>.</summary>
    public void Sweep(IReadOnlySet<string> used)
    {
        foreach (var file in Directory.EnumerateFiles(state.Folder("registry", "uploads"))) File.Delete(file);
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            if (!used.Contains($"sha256:{Path.GetFileName(file)}")) File.Delete(file);
        }
    }

    public static string Digest(ReadOnlySpan<byte> bytes) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
}
