using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions.Comparison;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.Planning;

/// <summary>What Deploy would do now. Holds no secret, no absolute path and no digest that is not known.</summary>
public sealed record DeploymentPlan
{
    /// <summary>The environment's name.</summary>
    public required string Environment { get; init; }

    /// <summary>The region.</summary>
    public required string Region { get; init; }

    /// <summary>The caller's account, else the environment's; null where neither is known.</summary>
    public string? AccountId { get; init; }

    /// <summary>Every setting that is not a default.</summary>
    public required IReadOnlyList<SettingValue> Settings { get; init; }

    /// <summary>The image; null where it is not known, or where an existing revision is deployed.</summary>
    public ImagePlan? Image { get; init; }

    /// <summary>The task definition; null where it is not known.</summary>
    public TaskDefinitionPlan? TaskDefinition { get; init; }

    /// <summary>The service; null where it is not known.</summary>
    public ServicePlan? Service { get; init; }

    /// <summary>The requests of Deploy, in order. Where there are problems: as far as they are known.</summary>
    public required IReadOnlyList<PlannedCall> Calls { get; init; }

    /// <summary>What the rules say of the task definition.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>What a person should know, and what fails nothing.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Why Deploy would fail: all reasons that could be found, in the order in which it would meet them.</summary>
    public IReadOnlyList<PlanProblem> Problems { get; init; } = [];

    /// <summary>Whether Deploy would change anything.</summary>
    public bool HasChanges => Calls.Any(call => call.Writes);

    /// <summary>How the process ends: the first problem's code; else 0, or 10 for changes where the caller wants to know.</summary>
    public ExitCode ExitCode(bool detailed) =>
        Problems is [var first, ..] ? first.ExitCode : detailed && HasChanges ? Deployment.ExitCode.ChangesPending : Deployment.ExitCode.Done;
}

/// <summary>What happens to the image.</summary>
public enum ImageChange
{
    /// <summary>It was given with <c>--image</c> and is in its registry.</summary>
    Given,

    /// <summary>The registry has it.</summary>
    Present,

    /// <summary>It is built, and would be pushed.</summary>
    Push,

    /// <summary>It would be built and pushed.</summary>
    Build,
}

/// <summary>The image.</summary>
/// <param name="Change">What happens to it.</param>
/// <param name="Name">"stream-ml-service:1a2b-3c4d", or what <c>--image</c> says.</param>
/// <param name="Digest">"sha256:…"; null where it is known after the push.</param>
/// <param name="Builder">"docker" or "sdk", where one builds; else null.</param>
/// <param name="Platform">"linux/amd64".</param>
public sealed record ImagePlan(ImageChange Change, string Name, string? Digest, string? Builder, string Platform);

/// <summary>What happens to the task definition.</summary>
public enum TaskDefinitionChange
{
    /// <summary>The live revision says the same.</summary>
    Unchanged,

    /// <summary>Another revision, which is there, would be deployed.</summary>
    Existing,

    /// <summary>A new revision would be registered.</summary>
    Register,

    /// <summary>There is nothing to compare it with.</summary>
    NotCompared,
}

/// <summary>The task definition.</summary>
/// <param name="Change">What happens to it.</param>
/// <param name="Family">The family.</param>
/// <param name="Live">"family:7", the service's; null where it is not known.</param>
/// <param name="Wanted">"family:8", the one that would be deployed; null where it is not known. A new one's number is what ECS will most likely give.</param>
/// <param name="Differences">From the live revision to the wanted one; values that look like secrets are hidden.</param>
public sealed record TaskDefinitionPlan(
    TaskDefinitionChange Change, string Family, string? Live, string? Wanted, IReadOnlyList<Difference> Differences);

/// <summary>The service.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Cluster">Its cluster, as the settings name it.</param>
/// <param name="Live">The revision that it has.</param>
/// <param name="Wanted">The revision that it would get; null where it is not known.</param>
/// <param name="DesiredCount">How many tasks it has to have.</param>
/// <param name="WantedCount">How many it would have to have.</param>
/// <param name="IsUpdated">Whether it would be updated.</param>
/// <param name="UnderWay">The deployments that ECS works on now, each as a sentence.</param>
public sealed record ServicePlan(
    string Name, string Cluster, string Live, string? Wanted, int DesiredCount, int WantedCount, bool IsUpdated, IReadOnlyList<string> UnderWay);

/// <summary>A reason for which Deploy would fail.</summary>
/// <param name="Target">The target that would fail.</param>
/// <param name="Message">What, in one or more lines.</param>
/// <param name="Remedy">What to try; null where there is nothing to say.</param>
/// <param name="ExitCode">How Deploy would end.</param>
public sealed record PlanProblem(string Target, string Message, string? Remedy, ExitCode ExitCode);
