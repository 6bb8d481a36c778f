using System.Formats.Tar;
using System.Text;

namespace Slipway.LocalCloud.BaseImage;

/// <summary>One entry of a layer.</summary>
/// <param name="Path">Absolute in the image, with forward slashes.</param>
/// <param name="Kind">Directory, regular file or symbolic link.</param>
/// <param name="Mode">Permissions; a file's owner is root unless <paramref name="Owner"/> says otherwise.</param>
/// <param name="Source">Absolute path of the content on this machine, for a file that is copied.</param>
/// <param name="Content">The content of a file that is made here.</param>
/// <param name="Target">Where a link points.</param>
internal sealed record ImageEntry(
    string Path, TarEntryType Kind, UnixFileMode Mode, int Owner = 0, string? Source = null, byte[]? Content = null, string? Target = null)
{
    private const UnixFileMode Readable = (UnixFileMode)0b110_100_100;
    private const UnixFileMode Executable = (UnixFileMode)0b111_101_101;
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public static ImageEntry Folder(string path, UnixFileMode mode = Executable, int owner = 0) => new(path, TarEntryType.Directory, mode, owner);

    public static ImageEntry Text(string path, string text) => new(path, TarEntryType.RegularFile, Readable, Content: Encoding.UTF8.GetBytes(text));

    public static ImageEntry Link(string path, string target) => new(path, TarEntryType.SymbolicLink, (UnixFileMode)0b111_111_111, Target: target);

    /// <summary>A copy of a file: executable or not, and nothing else of its mode, so that an installer's umask changes no digest.</summary>
    public static ImageEntry Copy(string path, string source)
    {
        // Libraries are found through links ("libssl.so.3" -> "libssl.so.3.0.1"): the content is what counts.
        var real = File.ResolveLinkTarget(source, returnFinalTarget: true)?.FullName ?? source;
        var mode = OperatingSystem.IsWindows() ? Readable : (File.GetUnixFileMode(real) & AnyExecute) != 0 ? Executable : Readable;
        return new ImageEntry(path, TarEntryType.RegularFile, mode, Source: real);
    }
}
