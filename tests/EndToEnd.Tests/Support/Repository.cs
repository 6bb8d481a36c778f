using System.Diagnostics;

namespace Slipway.EndToEnd.Tests.Support;

/// <summary>The repository that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] NotCopied = ["artifacts", "bin", "obj", ".git", ".vs", ".idea", "TestResults"];

    public static string Root { get; } = FindRoot();

    /// <summary>Copies what a clone would hold, and the compiled build program, which a clone of the same sources would compile the same.</summary>
    public static void CopyTo(string folder)
    {
        CopyFolder(Root, folder);
        var compiled = Path.Combine(Root, "artifacts", "host", "run");
        if (Directory.Exists(compiled)) CopyFolder(compiled, Path.Combine(folder, "artifacts", "host", "run"), everything: true);
    }

    private static void CopyFolder(string from, string to, bool everything = false)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var child in Directory.EnumerateDirectories(from))
        {
            var name = Path.GetFileName(child);
            if (everything || !NotCopied.Contains(name)) CopyFolder(child, Path.Combine(to, name), everything);
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "build.sh"))) folder = folder.Parent;
        Debug.Assert(folder is not null, "The tests lie inside the repository.");
        return folder.FullName;
    }
}
