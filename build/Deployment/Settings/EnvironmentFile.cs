using System.Text;
using System.Text.Json;

namespace Slipway.Deployment.Settings;

/// <summary>An environment's file, read strictly: every member is known, has its type and comes once.</summary>
/// <param name="Path">The file, relative to the repository root.</param>
/// <param name="Values">The values by member, "localCloud.port" for a nested one.</param>
/// <param name="Refused">Members that are there with a wrong value: told once, not as missing again.</param>
/// <param name="Problems">What is wrong with the file.</param>
internal sealed record EnvironmentFile(
    string Path, IReadOnlyDictionary<string, FileValue> Values, IReadOnlySet<string> Refused, IReadOnlyList<SettingsProblem> Problems)
{
    /// <summary>The member that holds the embedded cloud's settings; its presence makes an environment local.</summary>
    public const string LocalCloud = "localCloud";

    /// <summary>The members that are objects, with an example of each.</summary>
    private static readonly Dictionary<string, string> Sections = new(StringComparer.Ordinal)
    {
        [LocalCloud] = "{ \"port\": 4570, \"frontDoorPort\": 8000 }",
        [OneOffTaskOptions.Section] = "{ \"command\": [\"migrate\"] }",
    };

    private static readonly Dictionary<string, SettingOption> Known =
        SettingsOptions.All.Where(o => o.JsonMember is not null).ToDictionary(o => o.JsonMember!, StringComparer.Ordinal);

    public static EnvironmentFile Parse(string path, string text)
    {
        var reading = new Reading(path, Encoding.UTF8.GetBytes(text.TrimStart('\uFEFF')));
        return new EnvironmentFile(path, reading.Values, reading.Refused, reading.Problems);
    }

    /// <summary>One pass over the text.</summary>
    private sealed class Reading
    {
        private readonly string _path;
        private readonly byte[] _json;
        private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

        public Reading(string path, byte[] json)
        {
            (_path, _json) = (path, json);
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 8 });
            try
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.StartObject)
                    ReadMembers(ref reader, "");
                else
                    Add(At(reader), "the file must hold one JSON object.", "Begin it with '{'.");
                while (reader.Read())
                    reader.TrySkip();
            }
            catch (JsonException e)
            {
                var position = $"{path}:{e.LineNumber + 1}:{e.BytePositionInLine + 1}";
                Add(position, $"the file is not valid JSON: {Reason(e)}",
                    "Correct it there; JSON knows no comments and no trailing commas.");
            }
        }

        public Dictionary<string, FileValue> Values { get; } = new(StringComparer.Ordinal);

        public List<SettingsProblem> Problems { get; } = [];

        public HashSet<string> Refused { get; } = new(StringComparer.Ordinal);

        private void ReadMembers(ref Utf8JsonReader reader, string prefix)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var (name, origin) = (prefix + reader.GetString(), At(reader));
                var repeated = !_seen.Add(name);
                if (repeated)
                    Add(origin, $"'{name}' is there twice.", "Keep one of them.");
                reader.Read();
                if (Sections.ContainsKey(name) && reader.TokenType == JsonTokenType.StartObject)
                {
                    Values[name] = new FileValue([], JsonValueKind.Object, origin);
                    ReadMembers(ref reader, name + ".");
                }
                else if (ReadValue(ref reader, name) is var value && !repeated && name != "$schema")
                {
                    Keep(name, value, origin);
                }
            }
        }

        private void Keep(string name, FileValue value, string origin)
        {
            if (Sections.TryGetValue(name, out var example))
            {
                Add(value.Origin, $"'{name}' must be an object.", $"Give an object: {example}.");
            }
            else if (!Known.TryGetValue(name, out var option))
            {
                Add(origin, $"'{name}' is no setting.", Nearest.Find(name, Known.Keys) is { } near
                    ? $"Did you mean '{near}'?"
                    : $"Known are: {string.Join(", ", Known.Keys)}.");
            }
            else if (!FileValueKinds.Accepts(option.Kind, value.Kind))
            {
                Add(value.Origin, $"'{name}' must be {FileValueKinds.Expected(option.Kind)}, not {FileValueKinds.Words(value.Kind)}.",
                    $"Write it like {FileValueKinds.Example(option)}.");
                Refused.Add(name);
            }
            else
            {
                Values[name] = value;
            }
        }

        private FileValue ReadValue(ref Utf8JsonReader reader, string name)
        {
            var origin = At(reader);
            switch (reader.TokenType)
            {
                case JsonTokenType.String:
                    return new FileValue([reader.GetString()!], JsonValueKind.String, origin);
                case JsonTokenType.Number:
                    return new FileValue([Encoding.UTF8.GetString(reader.ValueSpan)], JsonValueKind.Number, origin);
                case JsonTokenType.True or JsonTokenType.False:
                    return new FileValue([reader.GetBoolean() ? "true" : "false"], JsonValueKind.True, origin);
                case JsonTokenType.StartArray:
                    return ReadArray(ref reader, origin);
                case JsonTokenType.StartObject when Known.TryGetValue(name, out var option) && option.Kind == OptionKind.Map:
                    return ReadMap(ref reader, origin, name);
                case JsonTokenType.StartObject:
                    reader.Skip();
                    return new FileValue([], JsonValueKind.Object, origin);
                default:
                    return new FileValue([], JsonValueKind.Null, origin);
            }
        }

        private FileValue ReadArray(ref Utf8JsonReader reader, string origin)
        {
            var items = new List<string>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType == JsonTokenType.String)
                    items.Add(reader.GetString()!);
                else
                    Add(At(reader), "an array of settings holds strings only.", "Put the value into quotes.");
                reader.Skip();
            }

            return new FileValue(items, JsonValueKind.Array, origin);
        }

        private FileValue ReadMap(ref Utf8JsonReader reader, string origin, string name)
        {
            var entries = new List<FileEntry>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var (entry, place) = (reader.GetString()!, At(reader));
                if (entries.Exists(other => other.Name == entry))
                    Add(place, $"'{name}.{entry}' is there twice.", "Keep one of them.");
                reader.Read();
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.Null)
                    entries.Add(new FileEntry(entry, reader.GetString(), place));
                else
                    Add(At(reader), $"'{name}.{entry}' must be a string, or null to remove it.", "Put the value into quotes.");
                reader.Skip();
            }

            return new FileValue([], JsonValueKind.Object, origin) { Entries = entries };
        }

        private string At(in Utf8JsonReader reader)
        {
            var before = _json.AsSpan(0, (int)reader.TokenStartIndex);
            var column = before.Length - (before.LastIndexOf((byte)'\n') + 1) + 1;
            return $"{_path}:{before.Count((byte)'\n') + 1}:{column}";
        }

        private void Add(string origin, string message, string remedy) => Problems.Add(new SettingsProblem(origin, message, remedy));

        private static string Reason(JsonException e)
        {
            var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
            return end < 0 ? e.Message : e.Message[..end];
        }
    }
}
