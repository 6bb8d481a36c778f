namespace Slipway.Deployment.TaskDefinitions.Model;

/// <summary>What kind of JSON a shape is.</summary>
internal enum ShapeKind
{
    Structure,
    List,
    Map,
    String,
    Integer,
    Long,
    Boolean,
}

/// <summary>A member of a structure, with what the model and the API reference say of it.</summary>
internal sealed record ShapeMember(string Name, Shape Shape, bool IsRequired)
{
    /// <summary>The range of a number; null where any number of its type will do.</summary>
    public (int Least, int Most)? Range { get; init; }

    /// <summary>The expression that a name matches; null for members that are no such names.</summary>
    public string? Pattern { get; init; }
}

/// <summary>A type of the service model.</summary>
internal sealed class Shape(string name, ShapeKind kind)
{
    private readonly Dictionary<string, ShapeMember> byName = new(StringComparer.Ordinal);
    private readonly List<ShapeMember> members = [];

    public string Name { get; } = name;

    public ShapeKind Kind { get; } = kind;

    /// <summary>The members of a structure, in the model's order.</summary>
    public IReadOnlyList<ShapeMember> Members => members;

    /// <summary>The shape of a list's items or a map's values.</summary>
    public Shape? Element { get; init; }

    /// <summary>The known values of a string; empty where any will do.</summary>
    public IReadOnlyList<string> Enum { get; init; } = [];

    /// <summary>The least length of a string or list; null where there is none.</summary>
    public int? Min { get; init; }

    /// <summary>The greatest length of a string or list; null where there is none.</summary>
    public int? Max { get; init; }

    /// <summary>The expression that a whole string matches, in the service's own dialect; null where there is none.</summary>
    public string? Pattern { get; init; }

    /// <summary>Those of the members that a structure does not do without.</summary>
    public List<ShapeMember> Required { get; } = [];

    public ShapeMember? Find(string member) => byName.GetValueOrDefault(member);

    internal void Add(ShapeMember member)
    {
        members.Add(member);
        byName.Add(member.Name, member);
        if (member.IsRequired) Required.Add(member);
    }
}
