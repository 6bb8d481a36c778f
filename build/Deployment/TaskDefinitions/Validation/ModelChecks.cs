using Newtonsoft.Json.Linq;
using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions.Model;
using Slipway.Deployment.TaskDefinitions.Rendering;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>Compares every token of a document with the shape that the service model gives its place.</summary>
internal sealed class ModelChecks(CheckRun run)
{
    /// <summary>Looking for a near name costs time; a document with more slips than this is another document.</summary>
    private const int MostSuggestions = 20;

    private int suggestions;

    public void Check() => Structure(run.Root, TaskDefinitionModel.Request);

    private void Value(JToken token, Shape shape, ShapeMember? member)
    {
        switch (shape.Kind)
        {
            case ShapeKind.Structure when token is JObject item:
                Structure(item, shape);
                break;
            case ShapeKind.Map when token is JObject map:
                foreach (var entry in map.Properties()) Value(entry.Value, shape.Element!, null);
                break;
            case ShapeKind.List when token is JArray list:
                List(list, shape);
                break;
            case ShapeKind.Boolean when token is JValue { Type: JTokenType.Boolean }:
                break;
            case ShapeKind.String when token is JValue { Type: JTokenType.String } text:
                Text(text, shape, member);
                break;
            case ShapeKind.Integer or ShapeKind.Long when token is JRaw number:
                Number(number, shape.Kind, member);
                break;
            default:
                run.Add(token, ModelRules.Type, "This has another type.", ShapeWords.Of(shape.Kind), FoundText.KindOf(token));
                break;
        }
    }

    private void Structure(JObject item, Shape shape)
    {
        for (var token = item.First; token is not null; token = token.Next)
        {
            var member = (JProperty)token;
            if (shape.Find(member.Name) is not { } known) Unknown(member, shape);
            else if (member.Value is JValue { Type: JTokenType.Null } and not JRaw) NoValue(member, known);
            else Value(member.Value, known.Shape, known);
        }

        foreach (var member in shape.Required)
        {
            if (!item.ContainsKey(member.Name))
                run.Add(item, ModelRules.Required, $"The member '{member.Name}' is missing.", ShapeWords.Of(member.Shape.Kind));
        }
    }

    private void NoValue(JProperty member, ShapeMember known)
    {
        var rule = known.IsRequired ? ModelRules.Required : ModelRules.Null;
        run.Add(member.Value, rule, "The member has no value.", $"{ShapeWords.Of(known.Shape.Kind)}{(rule == ModelRules.Null ? ", or no such member" : "")}");
    }

    private void Unknown(JProperty member, Shape shape)
    {
        var isRoot = ReferenceEquals(shape, TaskDefinitionModel.Request);
        if (isRoot && member.Name == "$schema")
        {
            run.Add(member, ModelRules.SchemaMember, "This member is for editors; it is left out.", "members of the request");
        }
        else if (isRoot && TaskDefinitionRenderer.ResponseOnly.Contains(member.Name))
        {
            run.Add(member, ModelRules.ResponseOnly, "Only the service's answers have this member; it is left out.", "members of the request");
        }
        else
        {
            var near = suggestions++ < MostSuggestions ? Nearest.Find(member.Name, shape.Members.Select(known => known.Name)) : null;
            run.Add(member, ModelRules.Unknown, "This member is not in the model; it is passed on.",
                near is null ? "a member of the model" : $"perhaps {FoundText.Quoted(near)}");
        }
    }

    private void List(JArray list, Shape shape)
    {
        if (shape.Max is { } most && list.Count > most)
        {
            run.Add(list, ModelRules.Length, "The list is too long.", FormattableString.Invariant($"at most {most} entries"),
                FormattableString.Invariant($"{list.Count} entries"));
        }

        for (var item = list.First; item is not null; item = item.Next) Value(item, shape.Element!, null);
    }

    private void Text(JValue token, Shape shape, ShapeMember? member)
    {
        var text = (string)token.Value!;
        if (text.Contains('\0', StringComparison.Ordinal)) run.Add(token, ModelRules.Nul, "The text holds the character NUL.", "any other character");
        if (shape.Enum.Count > 0) Enumerated(token, text, shape);
        if ((shape.Min is { } least && text.Length < least) || (shape.Max is { } most && text.Length > most))
        {
            run.Add(token, ModelRules.Length, "The text is too long or too short.", FormattableString.Invariant($"{shape.Min ?? 0} to {shape.Max} characters"),
                FormattableString.Invariant($"{text.Length} characters"));
        }

        if (member?.Pattern is { } pattern && !Names.Matches(text, pattern))
            run.Add(token, ModelRules.Form, "This is no name that ECS takes.", Names.Words(pattern));
    }

    private void Enumerated(JValue token, string text, Shape shape)
    {
        foreach (var known in shape.Enum)
        {
            if (known == text) return;
        }

        if (suggestions++ < MostSuggestions && Nearest.Find(text, shape.Enum) is { } near)
            run.Add(token, ModelRules.Spelling, "ECS spells it in another way.", FoundText.Quoted(near));
        else
            run.Add(token, ModelRules.UnknownValue, "The model does not know this value; ECS may.", string.Join(", ", shape.Enum.Select(FoundText.Quoted)));
    }

    private void Number(JRaw token, ShapeKind kind, ShapeMember? member)
    {
        var range = member?.Range;
        var fits = kind == ShapeKind.Integer
            ? CheckRun.NumberOf(token) is not null
            : long.TryParse((string)token.Value!, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out _);
        if (!fits) run.Add(token, ModelRules.Type, "This number is not whole, or too large.", ShapeWords.Of(kind), FoundText.KindOf(token));
        else if (range is var (least, most) && CheckRun.NumberOf(token) is { } value && (value < least || value > most))
            run.Add(token, ModelRules.Range, "The number is out of range.", ShapeWords.Between(least, most));
    }
}
