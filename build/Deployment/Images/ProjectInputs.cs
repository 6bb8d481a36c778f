using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Slipway.Deployment.Images;

/// <summary>
/// What a project is compiled from, read from its files without MSBuild (which takes a second). Where they use what only MSBuild can
/// evaluate, the whole repository counts: better one build too many than a change unseen.
/// </summary>
internal static partial class ProjectInputs
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
            var files = new ProjectFiles(root, project);
            inputs.Add(files.Folder);
            inputs.UnionWith(files.Names);
            if (files.ImportUnknown)
                inputs.Add(root);
            foreach (var (file, element) in files.Elements)
            {
                if (Reference(element) is not { } reference)
                    continue;
                var isProject = element.Name.LocalName == "ProjectReference";
                if (Find(files, file, reference, isProject) is not { } paths)
                    inputs.Add(root);
                else if (isProject)
                    paths.ForEach(projects.Enqueue);
                else
                    inputs.UnionWith(paths.Where(path => FileAbove.IsInside(root, path)));
            }
        }

        return inputs;
    }

    // Items that leave the project's own folder; packages, properties and the like name no file.
    private static string? Reference(XElement element) => element.Name.LocalName switch
    {
        "ProjectReference" => (string?)element.Attribute("Include"),
        "HintPath" => element.Value,
        "PackageReference" or "FrameworkReference" or "PackageVersion" or "PackageDownload" or "GlobalPackageReference" or "Using"
            or "InternalsVisibleTo" or "ContainerPort" or "ContainerLabel" or "SourceRoot" or "FileWrites" => null,
        _ => (string?)element.Attribute("Include") is { } include
            && (include.Contains("..", StringComparison.Ordinal) || include.Contains('$', StringComparison.Ordinal)) ? include : null,
    };

    // Relative to the project, also where an imported file says it. Null: only MSBuild knows.
    private static List<string>? Find(ProjectFiles files, string file, string reference, bool isProject)
    {
        var items = files.Properties.Expand(reference, file)?.SelectMany(ProjectFiles.Split);
        if (isProject)
            items = items?.SelectMany(item => Transform(files, item));
        var found = items?.ToList();
        if (found is null || found.Exists(item => item.Contains("@(", StringComparison.Ordinal) || item.Contains("%(", StringComparison.Ordinal)))
            return null;
        var paths = found.SelectMany(item => ProjectFiles.Match(files.Folder, item)).ToList();
        return isProject && paths.Exists(Directory.Exists) ? null : paths;
    }

    // "@(Name -> '../%(Identity)/%(Identity).csproj')": no list of projects comes from the SDK, so that the files' own items are all of it.
    private static IEnumerable<string> Transform(ProjectFiles files, string item)
    {
        var list = List().Match(item);
        if (!list.Success)
            return [item];
        return files.Elements
            .Where(e => e.Element.Name.LocalName.Equals(list.Groups["name"].Value, StringComparison.OrdinalIgnoreCase))
            .Select(e => (e.File, Include: (string?)e.Element.Attribute("Include") ?? ""))
            .SelectMany(e => files.Properties.Expand(e.Include, e.File) ?? ["@(unknown)"])
            .SelectMany(ProjectFiles.Split)
            .Select(value => list.Groups["text"].Value.Replace("%(Identity)", value, StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex(@"^@\(\s*(?<name>\w+)\s*->\s*'(?<text>[^']*)'\s*\)$", RegexOptions.ExplicitCapture)]
    private static partial Regex List();
}
