using YamlDotNet.RepresentationModel;

namespace Slipway.Build.Tests.Workflows;

/// <summary>A workflow of this repository as a tree.</summary>
internal sealed class Workflow
{
    private Workflow(string name, string text, YamlMappingNode root) => (Name, Text, Root) = (name, text, root);

    public string Name { get; }

    public string Text { get; }

    public YamlMappingNode Root { get; }

    public IEnumerable<(string Name, YamlMappingNode Node)> Jobs => Members(Root["jobs"]).Select(job => (job.Name, (YamlMappingNode)job.Value));

    public IEnumerable<YamlMappingNode> Steps => Jobs.SelectMany(job => StepsOf(job.Node));

    public static IReadOnlyList<Workflow> All { get; } =
    [
        .. Directory.EnumerateFiles(RepositoryRoot.Find(AppContext.BaseDirectory).Combine(".github", "workflows"), "*.yml")
            .Order(StringComparer.Ordinal)
            .Select(file => Parse(Path.GetFileName(file), File.ReadAllText(file))),
    ];

    public static Workflow Parse(string name, string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return new Workflow(name, text, (YamlMappingNode)stream.Documents.Single().RootNode);
    }

    public static IEnumerable<YamlMappingNode> StepsOf(YamlMappingNode job) => ((YamlSequenceNode)job["steps"]).Children.Cast<YamlMappingNode>();

    public static IEnumerable<(string Name, YamlNode Value)> Members(YamlNode node) =>
        ((YamlMappingNode)node).Children.Select(member => (((YamlScalarNode)member.Key).Value!, member.Value));

    public static YamlNode? Find(YamlNode node, params string[] path)
    {
        foreach (var name in path)
        {
            if (node is not YamlMappingNode map || !map.Children.TryGetValue(name, out var next)) return null;
            node = next;
        }

        return node;
    }

    public static string? TextOf(YamlNode node, params string[] path) => (Find(node, path) as YamlScalarNode)?.Value;

    /// <summary>The variables that a node and everything in it passes.</summary>
    public static IEnumerable<(string Name, string Value)> Variables(YamlNode node) => node switch
    {
        YamlMappingNode map => Members(map).SelectMany(member => member.Name == "env"
            ? Members(member.Value).Select(variable => (variable.Name, ((YamlScalarNode)variable.Value).Value!))
            : Variables(member.Value)),
        YamlSequenceNode list => list.SelectMany(Variables),
        _ => [],
    };

    public override string ToString() => Name;
}
