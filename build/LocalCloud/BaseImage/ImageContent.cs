using System.Formats.Tar;

namespace Slipway.LocalCloud.BaseImage;

/// <summary>What lies in the base image, layer by layer.</summary>
internal static class ImageContent
{
    /// <summary>User and group of the .NET images: what a container runs as that must not be root.</summary>
    public const int AppUser = 1654;

    /// <summary>Where the .NET images have it, wherever it is on this machine.</summary>
    public const string DotnetFolder = "/usr/share/dotnet";

    public const string CertificateFile = "/etc/ssl/certs/ca-certificates.crt";

    private const UnixFileMode EverybodysFolder = (UnixFileMode)0b1_111_111_111;
    private const UnixFileMode HomeFolder = (UnixFileMode)0b111_101_000;

    private static readonly string[] CertificateBundles =
        [CertificateFile, "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"];

    /// <summary>What every container needs, in a few hundred bytes.</summary>
    public static IReadOnlyList<ImageEntry> Skeleton() =>
    [
        ImageEntry.Text("/etc/passwd", $"root:x:0:0:root:/root:/sbin/nologin\napp:x:{AppUser}:{AppUser}::/home/app:/sbin/nologin\n"),
        ImageEntry.Text("/etc/group", $"root:x:0:\napp:x:{AppUser}:\n"),
        ImageEntry.Text("/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n"),
        ImageEntry.Folder("/home/app", HomeFolder, AppUser),
        ImageEntry.Folder("/tmp", EverybodysFolder),
    ];

    /// <summary>The machine's libraries at the paths where the loader looks for them, and its certificates.</summary>
    public static IReadOnlyList<ImageEntry> System(IEnumerable<string> libraries)
    {
        var bundle = CertificateBundles.FirstOrDefault(File.Exists);
        IEnumerable<ImageEntry> certificates = bundle is null ? [] : [ImageEntry.Copy(CertificateFile, bundle)];
        return [.. Skeleton(), .. certificates, .. libraries.Select(library => ImageEntry.Copy(library, library))];
    }

    public static IReadOnlyList<ImageEntry> Dotnet(DotnetInstallation dotnet) =>
    [
        .. dotnet.Files().Select(file => ImageEntry.Copy($"{DotnetFolder}/{file}", Path.Combine(dotnet.Root, file))),
        ImageEntry.Link("/usr/bin/dotnet", $"{DotnetFolder}/dotnet"),
    ];

    /// <summary>Regular files on this machine that the entries copy.</summary>
    public static IEnumerable<string> Sources(IEnumerable<ImageEntry> entries) =>
        entries.Where(entry => entry.Kind == TarEntryType.RegularFile).Select(entry => entry.Source).OfType<string>();
}
