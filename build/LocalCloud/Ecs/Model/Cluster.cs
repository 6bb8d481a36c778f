namespace Slipway.LocalCloud.Ecs.Model;

/// <summary>A cluster: here only a name space.</summary>
internal sealed record Cluster(string Name, string Arn, string Status)
{
    public const string Active = "ACTIVE";
    public const string Inactive = "INACTIVE";

    public static Cluster Named(string name) => new(name, Names.Cluster(name), Active);
}
