namespace Slipway.Deployment.Images;

/// <summary>The files that MSBuild, NuGet and the SDK look for by name, in a project's folder and in those above it.</summary>
internal static class BuildFiles
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", "nuget.config",
    };

    /// <summary>Those in a folder and above it, up to the repository's root; none for a folder outside.</summary>
    public static IEnumerable<string> Above(string root, string? folder) =>
        FileAbove.Folders(root, folder).SelectMany(Directory.EnumerateFiles).Where(file => Names.Contains(Path.GetFileName(file)));

    /// <summary>Whether MSBuild reads it as a part of the project.</summary>
    public static bool IsPartOfProject(string file) => Path.GetExtension(file).ToUpperInvariant() is ".PROPS" or ".TARGETS";
}
