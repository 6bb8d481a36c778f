namespace Slipway.LocalCloud.BaseImage;

/// <summary>What the base image in the store was made of, so that an unchanged machine makes it once.</summary>
/// <param name="Digest">The manifest's.</param>
/// <param name="Inputs">Every file that was copied.</param>
internal sealed record BaseImageRecord(int Schema, string Version, bool Full, string Digest, IReadOnlyList<InputFile> Inputs)
{
    /// <summary>A change of what this program puts into the image raises it.</summary>
    public const int CurrentSchema = 1;

    public bool StillTrue(string version, bool full) =>
        Schema == CurrentSchema && Version == version && Full == full && Inputs.All(input => InputFile.Of(input.Path) == input);
}

/// <summary>A file as a cheap look shows it; an update of the machine's packages changes size or time.</summary>
internal sealed record InputFile(string Path, long Size, DateTime Modified)
{
    public static InputFile? Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new InputFile(path, file.Length, file.LastWriteTimeUtc) : null;
    }
}
