namespace Slipway.Deployment.Images;

/// <summary>An image, or an index of images, in a tar file with the OCI image layout.</summary>
public static class ImageArchive
{
    /// <summary>The digest that a registry will show for it; a file that is none, or lacks a part, is an <see cref="InvalidDataException"/>.</summary>
    public static string DigestOf(string path)
    {
        using var archive = OciArchive.Open(path);
        _ = archive.Manifests();
        return archive.Root.Digest;
    }

    /// <summary>Whether the file is there, whole, with this digest.</summary>
    public static bool Holds(string path, string digest)
    {
        try
        {
            return DigestOf(path) == digest;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
