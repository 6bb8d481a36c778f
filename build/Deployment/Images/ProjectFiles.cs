using System.Xml;
using System.Xml.Linq;

namespace Slipway.Deployment.Images;

/// <summary>
/// A project's file, the build files above it and what they import, as far as it lies in the repository. Conditions are not read: what may
/// be imported counts as imported.
/// </summary>
internal sealed class ProjectFiles
{
    private static readonly EnumerationOptions InAnyCase = new() { MatchCasing = MatchCasing.CaseInsensitive, AttributesToSkip = 0 };

    private readonly SortedDictionary<string, XElement> _files = new(StringComparer.Ordinal);
    private readonly string _root;

    public ProjectFiles(string root, string project)
    {
        (_root, Folder) = (root, Path.GetDirectoryName(project)!);
        List<string> found = [project, .. BuildFiles.Above(root, Folder).Where(BuildFiles.IsPartOfProject)];
        // Each file may set a property that another one imports by. A file is read once, so that a circle ends.
        do
        {
            foreach (var file in found)
                _files[file] = Load(file);
            Properties = new ProjectProperties(root, Folder, _files);
            found = FindImports();
        }
        while (found.Count > 0);
    }

    /// <summary>The project's folder, which paths of items are relative to, whichever file says them.</summary>
    public string Folder { get; }

    /// <summary>All of them, absolute.</summary>
    public IEnumerable<string> Names => _files.Keys;

    /// <summary>What is in them, each with the file that it is in.</summary>
    public IEnumerable<(string File, XElement Element)> Elements =>
        _files.SelectMany(file => file.Value.Descendants().Select(element => (file.Key, element)));

    /// <summary>What their properties can be.</summary>
    public ProjectProperties Properties { get; private set; }

    /// <summary>Whether one of them imports what only MSBuild can find.</summary>
    public bool ImportUnknown { get; private set; }

    /// <summary>The parts of a list.</summary>
    public static string[] Split(string list) => list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>What a path stands for: the files that a wildcard in its last part matches, or the folder before an earlier one.</summary>
    public static IEnumerable<string> Match(string folder, string path)
    {
        var text = path.Replace('\\', '/');
        var wildcard = text.AsSpan().IndexOfAny('*', '?');
        var end = wildcard < 0 ? text.Length : text.LastIndexOf('/', wildcard) + 1;
        var before = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(folder, text[..end])));
        var pattern = text[end..];
        if (wildcard < 0 || pattern.Contains('/', StringComparison.Ordinal) || pattern.Contains("**", StringComparison.Ordinal))
            return [before];
        return Directory.Exists(before) ? Directory.EnumerateFiles(before, pattern, InAnyCase) : [];
    }

    private List<string> FindImports()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        ImportUnknown = false;
        foreach (var (file, element) in Elements)
        {
            if (element.Name.LocalName != "Import" || element.Attribute("Sdk") is not null || (string?)element.Attribute("Project") is not { } import)
                continue;
            var paths = FileAbove.Find(_root, import, file)
                ?? Properties.Expand(import, file)?.SelectMany(Split).SelectMany(item => Match(Path.GetDirectoryName(file)!, item)).ToList();
            ImportUnknown |= paths?.Any(Directory.Exists) ?? true;
            found.UnionWith((paths ?? []).Where(path => FileAbove.IsInside(_root, path) && File.Exists(path)));
        }

        return [.. found.Except(_files.Keys)];
    }

    private static XElement Load(string file)
    {
        try
        {
            using var reader =
                XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XElement.Load(reader, LoadOptions.SetLineInfo);
        }
        catch (XmlException e)
        {
            throw new SlipwayException(ExitCode.InvalidInput, $"'{file}' is no valid project file: {e.Message}", "correct it there", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.Of("read", file, e);
        }
    }
}
