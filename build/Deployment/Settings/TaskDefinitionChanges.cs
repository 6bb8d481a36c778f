namespace Slipway.Deployment.Settings;

/// <summary>What settings write into a task definition beside the image. Values come from settings literally: no placeholder is expanded in them.</summary>
public sealed record TaskDefinitionChanges
{
    /// <summary>Nothing.</summary>
    public static TaskDefinitionChanges None { get; } = new();

    /// <summary>Changes inside of containers, in the order in which they apply: of two for the same name the later one counts.</summary>
    public IReadOnlyList<ContainerChange> Containers { get; init; } = [];

    /// <summary>Images of other containers than those that get the deployment's own.</summary>
    public IReadOnlyList<ContainerImage> Images { get; init; } = [];

    /// <summary>The task's CPU units, as ECS takes them: "256", "0.25 vCPU".</summary>
    public Setting<string>? Cpu { get; init; }

    /// <summary>The task's memory, as ECS takes it: "512", "0.5 GB".</summary>
    public Setting<string>? Memory { get; init; }

    /// <summary>The command of the containers that get the image, one item an argument.</summary>
    public Setting<IReadOnlyList<string>>? Command { get; init; }

    /// <summary>The role that pulls images and writes logs.</summary>
    public Setting<string>? ExecutionRoleArn { get; init; }

    /// <summary>The role of the program in the containers.</summary>
    public Setting<string>? TaskRoleArn { get; init; }

    /// <summary>The options that change something, each with where it came from; no values.</summary>
    internal IEnumerable<(string Option, string Origin)> Named =>
        Containers.Select(change => (change.Option.Name, change.Origin))
            .Concat(Images.Select(image => (TaskDefinitionOptions.ContainerImage.Name, image.Origin)))
            .Concat(new (SettingOption Option, string? Origin)[]
            {
                (TaskDefinitionOptions.Cpu, Cpu?.Origin), (TaskDefinitionOptions.Memory, Memory?.Origin), (TaskDefinitionOptions.Command, Command?.Origin),
                (TaskDefinitionOptions.ExecutionRoleArn, ExecutionRoleArn?.Origin), (TaskDefinitionOptions.TaskRoleArn, TaskRoleArn?.Origin),
            }.Where(single => single.Origin is not null).Select(single => (single.Option.Name, single.Origin!)))
            .Distinct();
}

/// <summary>What kind of entry of a container a setting changes.</summary>
public enum ContainerChangeKind
{
    /// <summary>An entry of "environment".</summary>
    Variable,

    /// <summary>An entry of "secrets".</summary>
    Secret,

    /// <summary>A member of "logConfiguration.options".</summary>
    LogOption,

    /// <summary>A member of "dockerLabels".</summary>
    DockerLabel,
}

/// <summary>One entry that is added, replaced or removed.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name; led by a container's name and '/', it is for that container.</param>
/// <param name="Value">Its value; null removes it.</param>
/// <param name="Origin">Where it came from.</param>
public sealed record ContainerChange(ContainerChangeKind Kind, string Name, string? Value, string Origin)
{
    internal SettingOption Option => Kind switch
    {
        ContainerChangeKind.Variable => TaskDefinitionOptions.Env,
        ContainerChangeKind.Secret => TaskDefinitionOptions.Secret,
        ContainerChangeKind.LogOption => TaskDefinitionOptions.LogOption,
        _ => TaskDefinitionOptions.DockerLabel,
    };

    /// <summary>Without the value, which may be a secret.</summary>
    public override string ToString() => $"{Kind} {Name} ({Origin})";
}

/// <summary>An image for a container that the deployment's own image is not for.</summary>
/// <param name="Container">The container's name.</param>
/// <param name="Uri">The image's address, with tag or digest.</param>
/// <param name="Origin">Where it came from.</param>
public sealed record ContainerImage(string Container, string Uri, string Origin);
