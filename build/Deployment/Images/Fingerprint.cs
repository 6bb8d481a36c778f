using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Slipway.Deployment.Images;

/// <summary>A file that goes into an image.</summary>
/// <param name="Path">Relative to the repository root, with forward slashes.</param>
/// <param name="Sha256">The SHA-256 of its content, hexadecimal.</param>
public sealed record SourceFile(string Path, string Sha256);

/// <summary>What an image is made of, as one number: equal inputs, equal fingerprint. Pure.</summary>
public static class Fingerprint
{
    /// <summary>The fingerprint of files: names and contents, in any order. 64 hexadecimal digits.</summary>
    public static string OfFiles(IEnumerable<SourceFile> files) =>
        Of(files.OrderBy(f => f.Path, StringComparer.Ordinal).Select(f => KeyValuePair.Create(f.Path, f.Sha256)));

    /// <summary>The fingerprint of everything else on top of the files'. 64 hexadecimal digits.</summary>
    /// <param name="sources">What <see cref="OfFiles"/> gave.</param>
    /// <param name="facts">Builder, platform, base image and its digest, SDK version …</param>
    public static string OfImage(string sources, IEnumerable<KeyValuePair<string, string>> facts) =>
        Of([KeyValuePair.Create("sources", sources), .. facts.OrderBy(f => f.Key, StringComparer.Ordinal)]);

    // Lengths before texts, so that no two lists read the same.
    private static string Of(IEnumerable<KeyValuePair<string, string>> entries)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, value) in entries)
        {
            Append(hash, name);
            Append(hash, value);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(Encoding.ASCII.GetBytes(bytes.Length.ToString(CultureInfo.InvariantCulture) + ":"));
        hash.AppendData(bytes);
    }
}
