namespace Slipway.ModelGenerator;

/// <summary>Where things are in this repository.</summary>
internal static class Repository
{
    /// <summary>The nearest folder at or above <paramref name="start"/> that holds build/models.</summary>
    public static string FindRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "build", "models"))) return folder.FullName;
        }

        throw new UsageException("Not inside the repository: no folder above holds build/models.");
    }

    public static string ModelPath(string root, string model) => Path.Combine(root, "build", "models", model + ".json");

    public static string GeneratedFolder(string root, string package) => Path.Combine(root, "build", "packages", package, "Generated");
}
