using System.Net;

namespace Slipway.LocalCloud.Images;

/// <summary>"host:port/repository[:tag][@digest]", taken apart.</summary>
internal sealed record ImageReference(string Host, string Repository, string? Tag, string? Digest)
{
    /// <summary>
    /// Whether the image is said to lie on this machine. The port does not matter: the state, with the images in its task definitions,
    /// may be opened again on another port.
    /// </summary>
    public bool IsLocal
    {
        get
        {
            var colon = Host.LastIndexOf(':');
            var name = colon < 0 ? Host : Host[..colon];
            return name == "localhost" || (IPAddress.TryParse(name.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
        }
    }

    /// <summary>Null where the text is no image reference with a host.</summary>
    public static ImageReference? Parse(string image)
    {
        var at = image.IndexOf('@', StringComparison.Ordinal);
        var digest = at < 0 ? null : image[(at + 1)..];
        var rest = at < 0 ? image : image[..at];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0) return null;
        var colon = rest.IndexOf(':', slash);
        var tag = colon < 0 ? null : rest[(colon + 1)..];
        var repository = colon < 0 ? rest[(slash + 1)..] : rest[(slash + 1)..colon];
        if (!ImageNames.IsRepository(repository) || (tag is not null && !ImageNames.IsTag(tag)) || (digest is not null && !ImageNames.IsDigest(digest))) return null;
        return new ImageReference(rest[..slash], repository, tag ?? (digest is null ? "latest" : null), digest);
    }
}
