using System.Text.RegularExpressions;

namespace Slipway.LocalCloud.Protocol;

/// <summary>A shape of a service model: what a value on the wire may be.</summary>
internal sealed record Shape(string Type)
{
    /// <summary>Members that must be there (structures).</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>Wire name to shape name (structures).</summary>
    public IReadOnlyDictionary<string, string> Members { get; init; } = new Dictionary<string, string>();

    /// <summary>The shape of an element (lists) or of a value (maps).</summary>
    public string? Element { get; init; }

    public IReadOnlyList<string> Enum { get; init; } = [];

    /// <summary>Least length of a text or list, least value of a number.</summary>
    public double? Min { get; init; }

    /// <summary>Greatest length of a text or list, greatest value of a number.</summary>
    public double? Max { get; init; }

    /// <summary>The model's own expression, for messages; null where it is not one that .NET reads.</summary>
    public string? PatternText { get; init; }

    public Regex? Pattern { get; init; }
}
