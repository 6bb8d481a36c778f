namespace Slipway.Deployment.Preflight;

/// <summary>How a check ended.</summary>
public enum CheckState
{
    /// <summary>As it must be; what was found may hold advice.</summary>
    Ok,

    /// <summary>Not as it must be: a deployment would fail.</summary>
    Ng,

    /// <summary>Not known: it cannot be asked, or something that it stands on is not as it must be.</summary>
    Skip,
}

/// <summary>A check, or a group of them, with what was found.</summary>
/// <param name="Name">A few words: "service", "subnet-0f1e".</param>
/// <param name="State">How it ended; a group's is the worst of its children's.</param>
/// <param name="Found">What was found, as a sentence or half of one; null for a group.</param>
/// <param name="Remedy">What to try, as an imperative; null where there is nothing to do.</param>
public sealed record CheckNode(string Name, CheckState State, string? Found, string? Remedy = null)
{
    /// <summary>The parts of a group.</summary>
    public IReadOnlyList<CheckNode> Children { get; init; } = [];

    /// <summary>Something that is as it must be.</summary>
    internal static CheckNode Ok(string name, string found) => new(name, CheckState.Ok, found);

    /// <summary>Something that is not.</summary>
    internal static CheckNode Ng(string name, string found, string? remedy) => new(name, CheckState.Ng, found, remedy);

    /// <summary>Something that is not known.</summary>
    internal static CheckNode Skip(string name, string because, string? remedy = null) => new(name, CheckState.Skip, because, remedy);

    /// <summary>Several checks under one name.</summary>
    internal static CheckNode Group(string name, IReadOnlyList<CheckNode> children, string? found = null) =>
        new(name, Worst(children), found) { Children = children };

    /// <summary>NG where one is, else OK where one is, else SKIP.</summary>
    internal static CheckState Worst(IReadOnlyList<CheckNode> nodes) =>
        nodes.Any(node => node.State == CheckState.Ng) ? CheckState.Ng
        : nodes.Any(node => node.State == CheckState.Ok) || nodes.Count == 0 ? CheckState.Ok
        : CheckState.Skip;

    /// <summary>This node, or what is below it: the checks themselves.</summary>
    internal IEnumerable<CheckNode> Leaves() => Children.Count == 0 ? [this] : Children.SelectMany(child => child.Leaves());
}
