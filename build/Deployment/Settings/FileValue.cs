using System.Text.Json;

namespace Slipway.Deployment.Settings;

/// <summary>A value in an environment's file.</summary>
/// <param name="Texts">The value as text; several for an array.</param>
/// <param name="Kind">What kind of JSON it is.</param>
/// <param name="Origin">"infra/environments/local.json:4:14".</param>
internal sealed record FileValue(IReadOnlyList<string> Texts, JsonValueKind Kind, string Origin)
{
    /// <summary>The members of an object that is a <see cref="OptionKind.Map"/>.</summary>
    public IReadOnlyList<FileEntry> Entries { get; init; } = [];
}

/// <summary>A member of a <see cref="OptionKind.Map"/>; null as value removes.</summary>
internal sealed record FileEntry(string Name, string? Value, string Origin);

/// <summary>Which JSON an option takes in a file, in words too.</summary>
internal static class FileValueKinds
{
    public static bool Accepts(OptionKind option, JsonValueKind kind) => option switch
    {
        OptionKind.Number => kind == JsonValueKind.Number,
        OptionKind.Flag => kind == JsonValueKind.True,
        OptionKind.PathList or OptionKind.ArgumentList => kind == JsonValueKind.Array,
        OptionKind.NameList => kind is JsonValueKind.Array or JsonValueKind.String,
        OptionKind.Map => kind == JsonValueKind.Object,
        _ => kind == JsonValueKind.String,
    };

    public static string Expected(OptionKind option) => option switch
    {
        OptionKind.Number => "a number",
        OptionKind.Flag => "true or false",
        OptionKind.PathList or OptionKind.ArgumentList => "an array of strings",
        OptionKind.NameList => "a string or an array of strings",
        OptionKind.Map => "an object of strings",
        _ => "a string",
    };

    public static string Words(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Number => "a number",
        JsonValueKind.True => "true or false",
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "a string",
        _ => "null",
    };

    public static string Example(SettingOption option)
    {
        var name = option.JsonMember![(option.JsonMember!.IndexOf('.', StringComparison.Ordinal) + 1)..];
        return option.Kind switch
        {
            OptionKind.Number => $"\"{name}\": {option.Default ?? "1"}",
            OptionKind.Flag => $"\"{name}\": true",
            OptionKind.PathList => $"\"{name}\": [\"{option.Default}\"]",
            OptionKind.NameList when option.Choices.Count > 0 => $"\"{name}\": [\"{string.Join("\", \"", option.Choices)}\"]",
            OptionKind.NameList => $"\"{name}\": [\"one\", \"two\"]",
            OptionKind.ArgumentList => $"\"{name}\": [\"dotnet\", \"app.dll\"]",
            OptionKind.Map => $"\"{name}\": {{ \"NAME\": \"value\" }}",
            _ => $"\"{name}\": \"{option.Default ?? (option.Choices is [var first, ..] ? first : "…")}\"",
        };
    }
}
