using System.Text;
using Newtonsoft.Json.Linq;
using Slipway.Deployment.Services;
using Slipway.Deployment.TaskDefinitions.Json;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.TaskDefinitions;

/// <summary>
/// A task definition in AWS's own JSON shape, with the place of every member. Nothing in it is interpreted further than
/// a rule needs, so members that are newer than this program pass through untouched.
/// </summary>
public sealed class TaskDefinitionDocument
{
    private readonly ReadOnlyMemory<byte> text;
    private JObject? root;

    private TaskDefinitionDocument(string file, JObject root, ReadOnlyMemory<byte> text) => (File, this.root, this.text) = (file, root, text);

    /// <summary>The file's name as findings show it.</summary>
    public string File { get; }

    /// <summary>The family that it names; null where it names none.</summary>
    public string? Family => CheckRun.TextOf(Root["family"]);

    /// <summary>The tree, to look at: who wants to change it changes a <see cref="Copy"/>.</summary>
    internal JObject Root => root ??= StrictJsonReader.Read(text, out _)!;

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
        return new TaskDefinitionDocument(file, root!, utf8);
    }

    /// <summary>A registered revision as a document; null where there is none, or where ECS's answer is not such a document.</summary>
    public static TaskDefinitionDocument? Find(LiveTaskDefinition? revision) =>
        revision is null ? null : Read(revision.Arn, Encoding.UTF8.GetBytes(revision.Json), out _);

    /// <summary>Reads a document that was checked before, or that the service answered; a broken one is an <see cref="ExitCode.InvalidInput"/>.</summary>
    public static TaskDefinitionDocument ReadOrThrow(string file, ReadOnlyMemory<byte> utf8)
    {
        var document = Read(file, utf8, out var findings);
        Findings.ThrowIfRefused(file, findings);
        return document!;
    }

    /// <summary>The same document, to change.</summary>
    /// <remarks>
    /// To copy a tree takes as long as to read it, and a document that was rendered is seldom looked at again. So the copy gets the tree of a document
    /// that was read, and who asks that one again has it read again.
    /// </remarks>
    internal TaskDefinitionDocument Copy()
    {
        var tree = text.IsEmpty ? (JObject)Root.DeepClone() : Root;
        if (!text.IsEmpty) root = null;
        return new TaskDefinitionDocument(File, tree, default);
    }

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

            place = MemberPosition.PlaceOf(near);
        }

        return new Finding(
            rule, file, place?.Line, place?.Column, FoundText.Printable(token.Path), FoundText.Printable(problem), FoundText.Of(token), FoundText.Printable(allowed));
    }
}
