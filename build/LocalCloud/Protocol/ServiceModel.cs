using System.Text.Json;
using System.Text.RegularExpressions;

namespace Slipway.LocalCloud.Protocol;

/// <summary>A service as build/models describes it: the truth about which requests are well formed.</summary>
internal sealed class ServiceModel
{
    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(200);

    private readonly Dictionary<string, string> inputs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Shape> shapes = new(StringComparer.Ordinal);

    private ServiceModel(string name, JsonElement document)
    {
        Name = name;
        foreach (var operation in document.GetProperty("operations").EnumerateObject())
            inputs[operation.Name] = operation.Value.TryGetProperty("input", out var input) ? input.GetString() ?? "" : "";
        foreach (var shape in document.GetProperty("shapes").EnumerateObject()) shapes[shape.Name] = Read(shape.Value);
    }

    /// <summary>The file's name, which is also the name that a signature's scope carries: "ecs".</summary>
    public string Name { get; }

    public IEnumerable<string> Operations => inputs.Keys.Order(StringComparer.Ordinal);

    /// <summary>Reads the model that is embedded in this program.</summary>
    public static ServiceModel Load(string name)
    {
        using var stream = typeof(ServiceModel).Assembly.GetManifestResourceStream($"models/{name}.json")
            ?? throw new InvalidOperationException($"The model 'models/{name}.json' is not embedded in LocalCloud.");
        using var document = JsonDocument.Parse(stream);
        return new ServiceModel(name, document.RootElement);
    }

    public bool Knows(string operation) => inputs.ContainsKey(operation);

    /// <summary>The shape of an operation's input; null where it takes none.</summary>
    public Shape? Input(string operation) => inputs.TryGetValue(operation, out var name) && name.Length > 0 ? this[name] : null;

    public Shape this[string shape] => shapes[shape];

    private static Shape Read(JsonElement shape) => new(shape.GetProperty("type").GetString()!)
    {
        Required = Texts(shape, "required"),
        Members = shape.TryGetProperty("members", out var members)
            ? members.EnumerateObject().ToDictionary(WireName, member => Target(member.Value), StringComparer.Ordinal)
            : new Dictionary<string, string>(),
        Element = shape.TryGetProperty("member", out var element) || shape.TryGetProperty("value", out element) ? Target(element) : null,
        Enum = Texts(shape, "enum"),
        Min = Number(shape, "min"),
        Max = Number(shape, "max"),
        PatternText = shape.TryGetProperty("pattern", out var pattern) ? pattern.GetString() : null,
        Pattern = shape.TryGetProperty("pattern", out pattern) ? Compile(pattern.GetString()!) : null,
    };

    private static string WireName(JsonProperty member) =>
        member.Value.TryGetProperty("locationName", out var name) ? name.GetString()! : member.Name;

    private static string Target(JsonElement reference) => reference.GetProperty("shape").GetString()!;

    private static string[] Texts(JsonElement shape, string name) =>
        shape.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : [];

    private static double? Number(JsonElement shape, string name) => shape.TryGetProperty(name, out var number) ? number.GetDouble() : null;

    /// <summary>The expressions are Java's; the service checks the others that .NET cannot read, LocalCloud leaves them unchecked.</summary>
    private static Regex? Compile(string pattern)
    {
        try
        {
            return new Regex($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant, PatternTime);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
