using System.Diagnostics.CodeAnalysis;

namespace Slipway.Deployment.Images;

/// <summary>An image's address: "[host[:port]/]name[:tag][@sha256:…]". Nothing is filled in: what is not there is null.</summary>
/// <param name="Host">The registry's host with its port, "127.0.0.1:4570"; null where none is named.</param>
/// <param name="Name">The repository's name, "dotnet/aspnet".</param>
/// <param name="Tag">The tag; null where none is named.</param>
/// <param name="Digest">"sha256:" and 64 hexadecimal digits; null where none is named.</param>
public sealed record ImageReference(string? Host, string Name, string? Tag, string? Digest)
{
    /// <summary>Whether a text is a digest as registries write it.</summary>
    public static bool IsDigest([NotNullWhen(true)] string? text) => text is not null && ImageGrammar.IsDigest(text);

    /// <summary>Reads an address by the grammar of the distribution specification.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ImageReference? reference)
    {
        reference = null;
        if (text.Length is 0 or > 1024)
            return false;
        var rest = text;
        string? digest = null, tag = null, host = null;
        if (rest.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at)
            (rest, digest) = (rest[..at], rest[(at + 1)..]);
        // A colon after the last slash parts the tag; one before it belongs to the host's port.
        if (rest.LastIndexOf(':') is var colon && colon > rest.LastIndexOf('/'))
            (rest, tag) = (rest[..colon], rest[(colon + 1)..]);
        if (rest.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash && IsHost(rest[..slash]))
            (host, rest) = (rest[..slash], rest[(slash + 1)..]);
        if (!ImageGrammar.IsName(rest) || (tag is not null && !ImageGrammar.IsTag(tag)) || (digest is not null && !IsDigest(digest)))
            return false;
        reference = new ImageReference(host, rest, tag, digest);
        return true;
    }

    /// <summary>The address as it was read.</summary>
    public override string ToString() =>
        (Host is null ? "" : Host + "/") + Name + (Tag is null ? "" : ":" + Tag) + (Digest is null ? "" : "@" + Digest);

    // As Docker does it: the first part is a host where it has a dot or a port, or is "localhost".
    private static bool IsHost(string text) =>
        text == "localhost" || ((text.Contains('.', StringComparison.Ordinal) || text.Contains(':', StringComparison.Ordinal)) && ImageGrammar.IsHost(text));
}
