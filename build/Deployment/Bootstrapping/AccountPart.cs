namespace Slipway.Deployment.Bootstrapping;

/// <summary>What a deployment needs to be there.</summary>
public enum PartKind
{
    /// <summary>The ECR repository.</summary>
    Repository,

    /// <summary>A log group of the containers.</summary>
    LogGroup,

    /// <summary>The ECS cluster.</summary>
    Cluster,

    /// <summary>The family of the task definition.</summary>
    Family,

    /// <summary>The ECS service.</summary>
    Service,

    /// <summary>The role with which ECS pulls the image and writes the logs.</summary>
    ExecutionRole,

    /// <summary>The role of the containers' own calls.</summary>
    TaskRole,
}

/// <summary>Whether a part is there.</summary>
public enum Presence
{
    /// <summary>It is.</summary>
    Present,

    /// <summary>It is not.</summary>
    Missing,

    /// <summary>Nobody could, or would, tell.</summary>
    Unknown,
}

/// <summary>A part of an account, looked for.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Presence">Whether it is there.</param>
/// <param name="Why">Why that is not known; null where it is.</param>
public sealed record AccountPart(PartKind Kind, string Name, Presence Presence, string? Why = null)
{
    /// <summary>"log group '/ecs/web'".</summary>
    public string Title => $"{Word} '{Name}'";

    private string Word => Kind switch
    {
        PartKind.Repository => "repository",
        PartKind.LogGroup => "log group",
        PartKind.Cluster => "cluster",
        PartKind.Family => "task definition family",
        PartKind.Service => "service",
        PartKind.ExecutionRole => "execution role",
        _ => "task role",
    };
}
