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
    private TaskDefinitionDocument(string file, JObject root)
    {
        File = file;
        Root = root;
    }

    /// <summary>The file's name as findings show it.</summary>
    public string File { get; }

    /// <summary>The family that it names; null where it names none.</summary>
    public string? Family => CheckRun.TextOf(Root["family"]);

    internal JObject Root { get; }

    /// <summary>The container definitions that are objects, in their order.</summary>
    internal IEnumerable<JObject> Containers => Root["containerDefinitions"] is JArray containers ? containers.OfType<JObject>() : [];

    /// <summary>Reads a document strictly. It is null where <paramref name="findings"/> holds an error.</summary>
    public static TaskDefinitionDocument? Read(string file, ReadOnlyMemory<byte> utf8, out IReadOnlyList<Finding> findings)
    {
        var root = StrictJsonReader.Read(utf8, out var problem);
        if (problem is not null)
        {
            findings = [new(problem.Rule, file, problem.Position.Line, problem.Position.Column, null, problem.Message, problem.Found, problem.Allowed)];
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

    /// <summary>The same file with another content.</summary>
    internal TaskDefinitionDocument With(JObject root) => new(File, root);

    /// <summary>A finding about a token: at its own place, or at the nearest one around it that has one.</summary>
    /// <param name="token">What the finding is about; for a missing member the object that lacks it.</param>
    /// <param name="rule">The rule that is broken.</param>
    /// <param name="problem">What is wrong, as a sentence with its full stop; never a value that may be a secret.</param>
    /// <param name="allowed">What may stand there, without a full stop.</param>
    internal Finding At(JToken token, TaskDefinitionRule rule, string problem, string allowed)
    {
        var (file, place) = (File, (TextPosition?)null);
        for (JToken? near = token; near is not null && place is null; near = near.Parent)
        {
            if (near.Annotation<SettingOrigin>() is { } setting)
            {
                (file, place) = (setting.Name, setting.Position);
                break;
            }

            place = near.Annotation<TextPosition>();
        }

        return new Finding(
            rule, file, place?.Line, place?.Column, FoundText.Printable(token.Path), FoundText.Printable(problem), FoundText.Of(token), FoundText.Printable(allowed));
    }
}
