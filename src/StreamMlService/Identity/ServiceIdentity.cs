namespace StreamMlService.Identity;

/// <summary>The answer of GET /: what runs here, as far as it is known. Unknown parts are left out of the JSON.</summary>
/// <param name="ImageDigest">"sha256:…" of the image.</param>
/// <param name="Task">ARN of the ECS task.</param>
/// <param name="TaskDefinition">"family:revision".</param>
public sealed record ServiceIdentity(string Name, string Version, string? ImageDigest, string? Task, string? TaskDefinition);

/// <summary>What ECS says about the task that this container belongs to.</summary>
public sealed record TaskFacts(string? ImageDigest, string? Task, string? TaskDefinition)
{
    public static TaskFacts None { get; } = new(null, null, null);

    public bool IsComplete => ImageDigest is not null && Task is not null && TaskDefinition is not null;

    /// <summary>This one's facts, the other's where this one has none.</summary>
    public TaskFacts Or(TaskFacts other) =>
        new(ImageDigest ?? other.ImageDigest, Task ?? other.Task, TaskDefinition ?? other.TaskDefinition);
}
