using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Slipway.LocalCloud.Protocol;

/// <summary>Checks a request against the service model, and says what is wrong in the words that AWS uses.</summary>
internal static class InputValidator
{
    private const int MostViolations = 10;

    /// <summary>Throws SerializationException for a wrong type, the service's own validation error for everything else.</summary>
    public static void Check(ServiceModel model, string operation, JsonObject input)
    {
        if (model.Input(operation) is not { } shape) return;
        var violations = new List<Violation>();
        Structure(model, shape, input, "", violations);
        if (violations.Count > 0) throw new ApiException(Code(model.Name, operation), Message(model.Name, violations));
    }

    private static string Code(string service, string operation) =>
        service == "ecs" && operation == "RegisterTaskDefinition" ? "ClientException" : "InvalidParameterException";

    private static string Message(string service, List<Violation> violations)
    {
        if (service == "ecr")
        {
            var first = violations[0];
            return $"Invalid parameter at '{first.Path}' failed to satisfy constraint: '{first.Constraint}'";
        }

        var texts = violations.Take(MostViolations)
            .Select(violation => $"Value {violation.Value} at '{violation.Path}' failed to satisfy constraint: {violation.Constraint}");
        return $"{violations.Count} validation error{(violations.Count == 1 ? "" : "s")} detected: {string.Join("; ", texts)}";
    }

    private static void Structure(ServiceModel model, Shape shape, JsonObject value, string path, List<Violation> violations)
    {
        foreach (var name in shape.Required)
        {
            if (value[name] is null) violations.Add(new Violation(Join(path, name), "null", "Member must not be null"));
        }

        foreach (var (name, member) in value)
        {
            if (member is not null && shape.Members.TryGetValue(name, out var target)) Value(model, model[target], member, Join(path, name), violations);
        }
    }

    private static void Value(ServiceModel model, Shape shape, JsonNode value, string path, List<Violation> violations)
    {
        switch (shape.Type)
        {
            case "structure":
                Structure(model, shape, value as JsonObject ?? throw Mistyped(value, "a structure", path), path, violations);
                break;
            case "list":
                var list = value as JsonArray ?? throw Mistyped(value, "a list", path);
                Range(shape, list.Count, value, path, "length", violations);
                for (var i = 0; i < list.Count; i++)
                {
                    if (list[i] is { } item) Value(model, model[shape.Element!], item, $"{path}.{i + 1}.member", violations);
                    else violations.Add(new Violation($"{path}.{i + 1}.member", "null", "Member must not be null"));
                }

                break;
            case "map":
                foreach (var (key, item) in value as JsonObject ?? throw Mistyped(value, "a map", path))
                {
                    if (item is not null) Value(model, model[shape.Element!], item, $"{path}.{key}.member", violations);
                }

                break;
            case "string":
                Text(shape, Scalar(value, JsonValueKind.String, "a String", path).GetValue<string>(), path, violations);
                break;
            case "blob":
                if (!Convert.TryFromBase64String(Scalar(value, JsonValueKind.String, "a Blob", path).GetValue<string>(), new byte[value.ToString().Length], out _))
                    throw Mistyped(value, "a Blob", path);
                break;
            case "boolean":
                if (value.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False)) throw Mistyped(value, "a Boolean", path);
                break;
            case "integer":
                Range(shape, Scalar(value, JsonValueKind.Number, "an Integer", path).TryGetValue<int>(out var integer) ? integer : throw Mistyped(value, "an Integer", path), value, path, "value", violations);
                break;
            case "long":
                Range(shape, Scalar(value, JsonValueKind.Number, "a Long", path).TryGetValue<long>(out var number) ? number : throw Mistyped(value, "a Long", path), value, path, "value", violations);
                break;
            case "timestamp":
                if (value.GetValueKind() is not (JsonValueKind.Number or JsonValueKind.String)) throw Mistyped(value, "a Timestamp", path);
                break;
            default: // float, double
                Range(shape, Scalar(value, JsonValueKind.Number, "a Double", path).GetValue<double>(), value, path, "value", violations);
                break;
        }
    }

    private static void Text(Shape shape, string text, string path, List<Violation> violations)
    {
        if (shape.Enum.Count > 0 && !shape.Enum.Contains(text, StringComparer.Ordinal))
            violations.Add(new Violation(path, Quote(text), $"Member must satisfy enum value set: [{string.Join(", ", shape.Enum)}]"));
        Range(shape, text.Length, text, path, "length", violations);
        if (shape.Pattern is { } pattern && !Matches(pattern, text))
            violations.Add(new Violation(path, Quote(text), $"Member must satisfy regular expression pattern: {shape.PatternText}"));
    }

    private static bool Matches(Regex pattern, string text)
    {
        try
        {
            return pattern.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static void Range(Shape shape, double measure, JsonNode value, string path, string what, List<Violation> violations)
    {
        if (shape.Min > measure || shape.Max < measure) Range(shape, measure, value.ToJsonString(), path, what, violations);
    }

    private static void Range(Shape shape, double measure, string value, string path, string what, List<Violation> violations)
    {
        if (shape.Min > measure) violations.Add(new Violation(path, Quote(value), Bound("greater", shape.Min, what)));
        if (shape.Max < measure) violations.Add(new Violation(path, Quote(value), Bound("less", shape.Max, what)));
    }

    private static string Bound(string than, double? bound, string what) => string.Create(
        CultureInfo.InvariantCulture, $"Member must have {what} {than} than or equal to {bound:0}");

    private static JsonValue Scalar(JsonNode value, JsonValueKind kind, string type, string path) =>
        value is JsonValue scalar && value.GetValueKind() == kind ? scalar : throw Mistyped(value, type, path);

    private static ApiException Mistyped(JsonNode value, string expected, string path) =>
        new("SerializationException", $"{Kind(value)} can not be converted to {expected} at '{path}'");

    private static string Kind(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.Object => "START_OBJECT",
        JsonValueKind.Array => "START_ARRAY",
        JsonValueKind.String => "STRING_VALUE",
        JsonValueKind.Number => value is JsonValue number && number.TryGetValue<long>(out _) ? "NUMBER_VALUE" : "DECIMAL_VALUE",
        JsonValueKind.True => "TRUE_VALUE",
        _ => "FALSE_VALUE",
    };

    private static string Quote(string text) => text.Length <= 100 ? $"'{text}'" : $"'{text[..100]}…'";

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private sealed record Violation(string Path, string Value, string Constraint);
}
