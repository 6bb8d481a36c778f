using System.Globalization;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions.Json;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.TaskDefinitions;

/// <summary>
/// A task definition in AWS's own JSON shape, with the place of every member. Nothing in it is interpreted further than
/// a rule needs, so members that are newer than this program pass through untouched.
/// </summary>
public sealed class TaskDefinitionDocument
{
    internal const string JsonSource = "json";
    internal const string EcsSource = "ecs";
    internal const string SettingsSource = "settings";

    private TaskDefinitionDocument(string file, JObject root)
    {
        File = file;
        Root = root;
    }

    /// <summary>The file's name as findings show it.</summary>
    public string File { get; }

    /// <summary>The family that it names; null where it names none.</summary>
    public string? Family => Root["family"] is JValue { Type: JTokenType.String } family ? (string?)family : null;

    internal JObject Root { get; }

    /// <summary>The container definitions that are objects, in their order.</summary>
    internal IEnumerable<JObject> Containers => Root["containerDefinitions"] is JArray containers ? containers.OfType<JObject>() : [];

    /// <summary>Reads a document strictly. It is null where <paramref name="findings"/> holds an error.</summary>
    public static TaskDefinitionDocument? Read(string file, ReadOnlyMemory<byte> utf8, out IReadOnlyList<Finding> findings)
    {
        var root = StrictJsonReader.Read(utf8, out var problem);
        if (problem is not null)
        {
            findings = [new(FindingSeverity.Error, file, problem.Position.Line, problem.Position.Column, null, problem.Message, JsonSource)];
            return null;
        }

        findings = [];
        return new TaskDefinitionDocument(file, root!);
    }

    /// <summary>Reads a document that was checked before, or that the service answered; a broken one is an <see cref="ExitCode.InvalidInput"/>.</summary>
    public static TaskDefinitionDocument ReadOrThrow(string file, ReadOnlyMemory<byte> utf8)
    {
        var document = Read(file, utf8, out var findings);
        Findings.ThrowIfRefused(file, findings);
        return document!;
    }

    /// <summary>The layout of everything that this program writes: two spaces, LF, a line end at the end; order and digits as read.</summary>
    internal static string Write(JToken token)
    {
        var text = new StringBuilder();
        using (var lines = new StringWriter(text, CultureInfo.InvariantCulture) { NewLine = "\n" })
        using (var writer = new JsonTextWriter(lines) { Formatting = Formatting.Indented, Indentation = 2 })
        {
            token.WriteTo(writer);
        }

        return text.Append('\n').ToString();
    }

    internal Finding At(JToken token, FindingSeverity severity, string message, string source = EcsSource)
    {
        var place = token.AncestorsAndSelf().Select(ancestor => ancestor.Annotation<TextPosition>()).FirstOrDefault(found => found is not null);
        return new Finding(severity, File, place?.Line, place?.Column, token.Path, message, source);
    }
}
