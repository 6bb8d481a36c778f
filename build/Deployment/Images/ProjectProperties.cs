using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Slipway.Deployment.Images;

/// <summary>
/// What the properties of a project can be: every value that one of its files gives, whatever the condition. Which of them counts is
/// MSBuild's to know.
/// </summary>
internal sealed partial class ProjectProperties(string root, string projectFolder, IReadOnlyDictionary<string, XElement> files)
{
    private const int MaximumDepth = 8;
    private const int MaximumTexts = 32;

    private readonly ILookup<string, (string File, XElement Element)> _definitions = files
        .SelectMany(file => file.Value.Descendants()
            .Where(element => element.Parent?.Name.LocalName == "PropertyGroup")
            .Select(element => (file.Key, element)))
        .ToLookup(definition => definition.element.Name.LocalName, StringComparer.OrdinalIgnoreCase);

    /// <summary>Every text that a text with properties can stand for; null where only MSBuild knows.</summary>
    /// <param name="text">As it is written.</param>
    /// <param name="file">Where it is written.</param>
    public IReadOnlyList<string>? Expand(string text, string file) => Expand(text, file, 0);

    private List<string>? Expand(string text, string file, int depth)
    {
        var property = Property().Match(text);
        var before = property.Success ? text[..property.Index] : text;
        if (before.Contains("$(", StringComparison.Ordinal) || depth > MaximumDepth)
            return null;
        if (!property.Success)
            return [text];
        if (Values(property.Groups["name"].Value, file, depth + 1) is not { } values
            || Expand(text[(property.Index + property.Length)..], file, depth) is not { } rests)
            return null;
        var texts = values.SelectMany(value => rests.Select(rest => before + value + rest)).Distinct().ToList();
        return texts.Count > MaximumTexts ? null : texts;
    }

    private List<string>? Values(string name, string file, int depth)
    {
        if (Known(name, file) is { } known)
            return [known];
        var values = new List<string>();
        foreach (var (where, element) in _definitions[name])
        {
            // "Where it is not set yet": a variable of the process may set it.
            if (((string?)element.Attribute("Condition"))?.Contains($"$({name})", StringComparison.OrdinalIgnoreCase) == true
                || Expand(element.Value, where, depth) is not { } expanded)
                return null;
            values.AddRange(expanded);
        }

        return values.Count > 0 ? values : null;
    }

    private string? Known(string name, string file) => name.ToUpperInvariant() switch
    {
        "MSBUILDTHISFILEDIRECTORY" => Path.GetDirectoryName(file) + "/",
        "MSBUILDPROJECTDIRECTORY" => projectFolder,
        "REPOSITORYROOT" => root + "/",
        // Wherever it is: what lies there is pinned by its version.
        "NUGETPACKAGEROOT" => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages") + "/",
        _ => null,
    };

    [GeneratedRegex(@"\$\((?<name>[A-Za-z_][\w-]*)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Property();
}
