using System.Text;
using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions.Json;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.TaskDefinitions.Rendering;

/// <summary>Writes values in the place of placeholders. A value goes in as a string's text: whatever it holds, it stays one JSON string.</summary>
internal sealed class PlaceholderExpansion(TaskDefinitionDocument document, PlaceholderValues values, List<Finding> findings)
{
    /// <summary>Credentials of the run itself, and members that hold references to secrets, not secrets.</summary>
    private static readonly HashSet<string> Credentials = new(StringComparer.OrdinalIgnoreCase) { "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_ACCESS_KEY_ID" };

    private static readonly HashSet<string> References = new(StringComparer.Ordinal) { "secrets", "secretOptions", "repositoryCredentials" };

    /// <summary>Whether a placeholder of this name stands anywhere in the document.</summary>
    public static bool Uses(TaskDefinitionDocument document, string name) => Texts(document).Exists(value =>
        PlaceholderText.Split((string)value.Value!).Any(part => part is PlaceholderPart.Placeholder placeholder && placeholder.Name == name));

    /// <summary>Changes the document.</summary>
    public void Run()
    {
        JsonWalk.Visit(document.Root, token =>
        {
            if (token is JProperty member && PlaceholderText.MayHold(member.Name))
                findings.Add(document.At(member, RenderRules.InName, "A placeholder stands in the name of a member.", "placeholders in values"));
        });
        foreach (var value in Texts(document)) Expand(value);
    }

    private static List<JValue> Texts(TaskDefinitionDocument document)
    {
        var found = new List<JValue>();
        JsonWalk.Visit(document.Root, token =>
        {
            if (CheckRun.TextOf(token) is { } text && PlaceholderText.MayHold(text)) found.Add((JValue)token);
        });
        return found;
    }

    private void Expand(JValue value)
    {
        var parts = PlaceholderText.Split((string)value.Value!);
        var text = new StringBuilder();
        var isWhole = true;
        foreach (var part in parts) isWhole &= Append(value, part, text);
        if (!isWhole) return;

        value.Value = text.ToString();
        if (parts is [PlaceholderPart.Placeholder]) PlaceholderTypes.Convert(value);
    }

    private bool Append(JValue token, PlaceholderPart part, StringBuilder text)
    {
        switch (part)
        {
            case PlaceholderPart.Literal literal:
                text.Append(literal.Text);
                return true;
            case PlaceholderPart.Placeholder placeholder when values.Find(placeholder.Name) is { } value:
                WarnOfSecret(token, placeholder.Name, value);
                text.Append(value);
                return true;
            case PlaceholderPart.Placeholder { Default: { } otherwise }:
                text.Append(otherwise);
                return true;
            case PlaceholderPart.Placeholder { Name: var name, Message: var message }:
                findings.Add(document.At(
                    token, RenderRules.Unset, string.IsNullOrEmpty(message) ? $"The variable '{name}' is not set." : $"The variable '{name}' is not set: {message.TrimEnd('.')}.",
                    $"'{name}' set in the environment of the run, a default as in ${{{name}:-default}}, or $${{ for a literal ${{"));
                return false;
            default:
                findings.Add(document.At(
                    token, RenderRules.Malformed, "This begins like a placeholder and is none.",
                    "${NAME}, ${NAME:-default}, ${NAME:?message}, or $${ for a literal ${"));
                return false;
        }
    }

    private void WarnOfSecret(JToken token, string name, string value)
    {
        if (values.BuiltIns.ContainsKey(name) || token.Ancestors().OfType<JProperty>().Any(member => References.Contains(member.Name))) return;
        var rule = Credentials.Contains(name) || SecretLooking.Value(value) ? RenderRules.Credential
            : SecretLooking.Name(name) ? RenderRules.Secret
            : null;
        if (rule is null) return;
        findings.Add(document.At(
            token, rule, $"The variable '{name}' looks like a secret, and whoever may describe the task definition would read it.",
            "an entry of 'secrets' with the ARN of a secret"));
    }
}
