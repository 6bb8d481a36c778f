using System.Security.Cryptography;
using System.Text;

namespace Slipway.Deployment.Images;

/// <summary>
/// Finds the files that an image is made of: the project's folder and those of the projects that it references, what they import and link
/// from elsewhere, the build files above them and the Dockerfile. Folders are walked and git is not asked, as a file that git ignores is
/// compiled like any other.
/// </summary>
/// <param name="repositoryRoot">The repository's root folder.</param>
public sealed class SourceFiles(string repositoryRoot)
{
    private static readonly HashSet<string> ProjectExtensions = new(StringComparer.OrdinalIgnoreCase) { ".csproj", ".fsproj", ".vbproj" };

    private readonly string _root = Path.GetFullPath(repositoryRoot);

    /// <summary>Lists and hashes. A project or Dockerfile that is not there is a <see cref="SlipwayException"/>.</summary>
    /// <param name="project">The project's file or folder, relative to the repository root.</param>
    /// <param name="dockerfile">The Dockerfile, relative to the repository root; it counts where it is there.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public IReadOnlyList<SourceFile> List(string project, string dockerfile, CancellationToken cancellationToken)
    {
        var files = new SortedSet<string>(StringComparer.Ordinal);
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var input in ProjectInputs.Of(_root, FindProject(project)))
        {
            if (Directory.Exists(input))
                AddFolder(files, folders, input, cancellationToken);
            else if (File.Exists(input))
                files.Add(input);
            files.UnionWith(BuildFiles.Above(_root, Path.GetDirectoryName(input)));
        }

        foreach (var name in (string[])[dockerfile, dockerfile + ".dockerignore"])
        {
            if (File.Exists(Path.Combine(_root, name)))
                files.Add(Path.GetFullPath(Path.Combine(_root, name)));
        }

        return [.. files.Select(file => Hash(file, cancellationToken))];
    }

    /// <summary>Whether a text names a project: its file, or a folder with no other one.</summary>
    public bool HasProject(string project) => Candidates(project).Length == 1;

    /// <summary>The project's file, absolute; a folder means the only project in it.</summary>
    public string FindProject(string project)
    {
        var candidates = Candidates(project);
        return candidates is [var only] ? only : throw new SlipwayException(
            ExitCode.InvalidInput,
            candidates.Length > 1 ? $"The folder '{project}' has {candidates.Length} projects."
                : $"The service's project '{project}' is missing.",
            "name the service's .csproj with --project, or as 'project' in the environment's file");
    }

    private string[] Candidates(string project)
    {
        var path = Path.GetFullPath(Path.Combine(_root, project));
        if (File.Exists(path))
            return [path];
        return Directory.Exists(path) ? Directory.GetFiles(path, "*.csproj") : [];
    }

    private void AddFolder(SortedSet<string> files, HashSet<string> folders, string folder, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // A link may lead in circles.
        if (!folders.Add(folder))
            return;
        var entries = Read(() => new DirectoryInfo(folder).GetFileSystemInfos(), folder);
        var isProject = entries.Any(entry => entry is FileInfo && ProjectExtensions.Contains(entry.Extension));
        foreach (var entry in entries)
        {
            var isLink = entry.LinkTarget is not null;
            if (entry is DirectoryInfo && !IsLeftBehind(entry, isProject) && Target(entry) is { } target)
                AddFolder(files, folders, target, cancellationToken);
            if ((entry is FileInfo || isLink) && entry.Name != ".DS_Store" && !entry.Name.EndsWith(".user", StringComparison.OrdinalIgnoreCase))
                files.Add(entry.FullName);
        }
    }

    // What no compiler reads and what builds and editors leave behind. MSBuild leaves out "bin" and "obj" beside a project only, in any
    // case on any system; below a project's subfolders they are sources like any other.
    private bool IsLeftBehind(FileSystemInfo folder, bool isBesideProject) => folder.Name.ToUpperInvariant() switch
    {
        "BIN" or "OBJ" => isBesideProject,
        "NODE_MODULES" => true,
        // Published with "wwwroot".
        ".WELL-KNOWN" => false,
        _ => folder.Name.StartsWith('.') || folder.FullName == Artifacts,
    };

    /// <summary>Where a folder is, which for a link is elsewhere; null where that is not among the sources.</summary>
    private string? Target(FileSystemInfo folder) =>
        folder.LinkTarget is null ? folder.FullName
        : Read(() => folder.ResolveLinkTarget(returnFinalTarget: true), folder.FullName)?.FullName is { } target
            && FileAbove.IsInside(_root, target) && !FileAbove.IsInside(Artifacts, target) ? Path.TrimEndingDirectorySeparator(target)
        : null;

    private string Artifacts => Path.Combine(_root, "artifacts");

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
