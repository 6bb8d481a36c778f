using System.Security.Cryptography;
using System.Text;

namespace Slipway.Deployment.Images;

/// <summary>
/// Finds the files that an image is made of: the project's folder and those of the projects that it references, what they link from
/// elsewhere,
/// the build files above them and the Dockerfile. Folders are walked and git is not asked, as a file that git ignores is compiled like any
/// other.
/// </summary>
/// <param name="repositoryRoot">The repository's root folder.</param>
public sealed class SourceFiles(string repositoryRoot)
{
    // What no compiler reads and what builds and editors leave behind.
    private static readonly HashSet<string> IgnoredFolders =
        new(StringComparer.OrdinalIgnoreCase) { "bin", "obj", "node_modules", "TestResults" };

    private static readonly HashSet<string> BuildFiles = new(StringComparer.OrdinalIgnoreCase)
    {
        "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", "nuget.config",
    };

    private readonly string _root = Path.GetFullPath(repositoryRoot);

    /// <summary>Lists and hashes. A project or Dockerfile that is not there is a <see cref="SlipwayException"/>.</summary>
    /// <param name="project">The project's file or folder, relative to the repository root.</param>
    /// <param name="dockerfile">The Dockerfile, relative to the repository root; it counts where it is there.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public IReadOnlyList<SourceFile> List(string project, string dockerfile, CancellationToken cancellationToken)
    {
        var files = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var input in ProjectInputs.Of(_root, FindProject(project)))
        {
            if (Directory.Exists(input))
                AddFolder(files, input, cancellationToken);
            else if (File.Exists(input))
                files.Add(input);
            AddBuildFiles(files, input);
        }

        foreach (var name in (string[])[dockerfile, dockerfile + ".dockerignore"])
        {
            if (File.Exists(Path.Combine(_root, name)))
                files.Add(Path.GetFullPath(Path.Combine(_root, name)));
        }

        return [.. files.Select(file => Hash(file, cancellationToken))];
    }

    /// <summary>The project's file, absolute; a folder means the only project in it.</summary>
    public string FindProject(string project)
    {
        var path = Path.GetFullPath(Path.Combine(_root, project));
        if (File.Exists(path))
            return path;
        string[] inFolder = Directory.Exists(path) ? Directory.GetFiles(path, "*.csproj") : [];
        return inFolder is [var only] ? only : throw new SlipwayException(
            ExitCode.InvalidInput,
            inFolder.Length > 1 ? $"The folder '{project}' has {inFolder.Length} projects."
                : $"The service's project '{project}' is missing.",
            "name the service's .csproj with --project, or as 'project' in the environment's file");
    }

    private void AddFolder(SortedSet<string> files, string folder, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var entry in Read(() => new DirectoryInfo(folder).GetFileSystemInfos(), folder))
        {
            // A link counts as what it says, not as what it leads to: it may lead in circles.
            if (entry is DirectoryInfo && entry.LinkTarget is null)
            {
                if (!entry.Name.StartsWith('.') && !IgnoredFolders.Contains(entry.Name)
                    && entry.FullName != Path.Combine(_root, "artifacts"))
                    AddFolder(files, entry.FullName, cancellationToken);
            }
            else if (entry.Name != ".DS_Store" && !entry.Name.EndsWith(".user", StringComparison.OrdinalIgnoreCase))
            {
                files.Add(entry.FullName);
            }
        }
    }

    private void AddBuildFiles(SortedSet<string> files, string input)
    {
        for (var folder = Path.GetDirectoryName(input); folder is not null && IsInside(folder); folder = Path.GetDirectoryName(folder))
        {
            foreach (var file in Directory.EnumerateFiles(folder))
            {
                if (BuildFiles.Contains(Path.GetFileName(file)))
                    files.Add(file);
            }
        }
    }

    private bool IsInside(string folder) =>
        Path.GetRelativePath(_root, folder) is var relative && relative != ".."
            && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private SourceFile Hash(string file, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var name = Path.GetRelativePath(_root, file).Replace('\\', '/');
        return new SourceFile(name, Read(() => HashOf(file), name));
    }

    private static string HashOf(string file)
    {
        var info = new FileInfo(file);
        if (info.LinkTarget is { } target && !File.Exists(info.ResolveLinkTarget(returnFinalTarget: true)?.FullName))
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("link:" + target)));
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static T Read<T>(Func<T> read, string path)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.Of("read", path, e);
        }
    }
}
