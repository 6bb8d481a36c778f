using System.Text.RegularExpressions;

namespace Slipway.Deployment.Images;

/// <summary>
/// Imports that ask MSBuild for a file above: <c>$([MSBuild]::GetPathOfFileAbove('Directory.Build.props', …))</c>, or one beside such a
/// file: <c>$([MSBuild]::GetDirectoryNameOfFileAbove($(MSBuildThisFileDirectory), '.git'))/eng/Common.props</c>.
/// </summary>
internal static partial class FileAbove
{
    /// <summary>Every file that the import can find up to the repository's root; null where it is no such import.</summary>
    /// <param name="root">The repository's root.</param>
    /// <param name="import">As it is written.</param>
    /// <param name="file">Where it is written.</param>
    public static IReadOnlyList<string>? Find(string root, string import, string file)
    {
        var match = Import().Match(import);
        if (!match.Success)
            return null;
        var path = match.Groups["path"].Value.Replace('\\', '/');
        return [.. Folders(root, Path.GetDirectoryName(file)).Select(folder => Path.GetFullPath(Path.Combine(folder, path))).Where(File.Exists)];
    }

    /// <summary>A folder and those above it, up to the repository's root; none where it is outside.</summary>
    public static IEnumerable<string> Folders(string root, string? folder)
    {
        for (; folder is not null && IsInside(root, folder); folder = Path.GetDirectoryName(folder))
            yield return folder;
    }

    /// <summary>Whether a path is the repository's root or below it.</summary>
    public static bool IsInside(string root, string path) =>
        Path.GetRelativePath(root, path) is var relative && relative != ".." && !Path.IsPathRooted(relative)
            && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    [GeneratedRegex(
        @"^\$\(\[MSBuild\]::(GetPathOfFileAbove\(\s*['""]?(?<path>[\w.-]+)['""]?\s*(,[^,]*MSBuildThisFileDirectory[^,]*)?\)\)"
            + @"|GetDirectoryNameOfFileAbove\([^,]*MSBuildThisFileDirectory[^,]*,[^,]*\)\)[/\\]?(?<path>[\w./\\-]+))$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Import();
}
