using System.Xml;
using System.Xml.Linq;

namespace Slipway.Deployment.Images;

/// <summary>
/// What a project is compiled from, read from its file without MSBuild (which takes a second). Where the file uses what only MSBuild can
/// evaluate, the whole repository counts: better one build too many than a change unseen.
/// </summary>
internal static class ProjectInputs
{
    /// <summary>Folders and files, absolute, inside the repository.</summary>
    public static IReadOnlyCollection<string> Of(string root, string projectFile)
    {
        var inputs = new SortedSet<string>(StringComparer.Ordinal);
        var projects = new Queue<string>([projectFile]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (projects.TryDequeue(out var project))
        {
            if (!seen.Add(project) || !File.Exists(project))
                continue;
            inputs.Add(Path.GetDirectoryName(project)!);
            foreach (var element in Load(project).Descendants())
            {
                if (Reference(element) is not { } reference)
                    continue;
                foreach (var item in reference.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                {
                    if (Resolve(root, project, item) is not { } path)
                        inputs.Add(root);
                    else if (element.Name.LocalName == "ProjectReference")
                        projects.Enqueue(path);
                    else if (Inside(root, path))
                        inputs.Add(path);
                }
            }
        }

        return inputs;
    }

    // Items and imports that leave the project's own folder; packages, properties and the like name no file.
    private static string? Reference(XElement element) => element.Name.LocalName switch
    {
        "ProjectReference" => (string?)element.Attribute("Include"),
        "Import" => (string?)element.Attribute("Project") is { } imported && element.Attribute("Sdk") is null ? imported : null,
        "PackageReference" or "FrameworkReference" or "PackageVersion" or "Using" or "InternalsVisibleTo" or "ContainerPort" or "ContainerLabel" => null,
        _ => (string?)element.Attribute("Include") is { } include
            && (include.Contains("..", StringComparison.Ordinal) || include.Contains('$', StringComparison.Ordinal)) ? include : null,
    };

    // The folder before a wildcard stands for what it matches. Null: only MSBuild knows.
    private static string? Resolve(string root, string project, string item)
    {
        var text = item
            .Replace("$(MSBuildThisFileDirectory)", "", StringComparison.OrdinalIgnoreCase)
            .Replace("$(MSBuildProjectDirectory)", ".", StringComparison.OrdinalIgnoreCase)
            .Replace("$(RepositoryRoot)", root + "/", StringComparison.OrdinalIgnoreCase)
            .Replace('\\', '/');
        if (text.Contains("$(", StringComparison.Ordinal) || text.Contains("@(", StringComparison.Ordinal))
            return null;
        if (text.IndexOf('*', StringComparison.Ordinal) is >= 0 and var wildcard)
            text = text[..(text.LastIndexOf('/', wildcard) + 1)];
        return Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, text)).TrimEnd(Path.DirectorySeparatorChar);
    }

    private static bool Inside(string root, string path) =>
        path.StartsWith(root.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static XDocument Load(string project)
    {
        try
        {
            using var reader =
                XmlReader.Create(project, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XDocument.Load(reader, LoadOptions.SetLineInfo);
        }
        catch (XmlException e)
        {
            throw new SlipwayException(ExitCode.InvalidInput, $"'{project}' is no valid project file: {e.Message}", "correct it there", e);
        }
    }
}
