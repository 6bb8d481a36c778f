using Slipway.Deployment.Images;
using Slipway.Deployment.Settings.Access;

namespace Slipway.Deployment.Settings;

/// <summary>
/// Everything that a run was told: made once, from the command line, the environment, <c>infra/environments/&lt;name&gt;.json</c>
/// and defaults, in this order of precedence. Holds no secret.
/// </summary>
public sealed record DeploymentSettings
{
    /// <summary>The environment's name: "local", "production".</summary>
    public required string Environment { get; init; }

    /// <summary>The AWS region's system name: "us-east-1".</summary>
    public required string Region { get; init; }

    /// <summary>The twelve-digit account that this environment belongs to; any other caller is refused. Null: not pinned.</summary>
    public string? AccountId { get; init; }

    /// <summary>The ECR repository's name.</summary>
    public required string Repository { get; init; }

    /// <summary>Whether Push makes the repository where it is missing.</summary>
    public bool CreatesRepository { get; init; }

    /// <summary>The ECS cluster's name or ARN.</summary>
    public required string Cluster { get; init; }

    /// <summary>The ECS service's name.</summary>
    public required string Service { get; init; }

    /// <summary>An existing image to deploy instead of building one (<c>--image</c>).</summary>
    public string? Image { get; init; }

    /// <summary>A tag to use instead of the computed one (<c>--image-tag</c>).</summary>
    public string? ImageTag { get; init; }

    /// <summary>What the task definition is made of.</summary>
    public required TaskDefinitionSource TaskDefinition { get; init; }

    /// <summary>The containers that get the image; empty: the only one, or the one named like the family.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    /// <summary>The port that the container with the image must map; null: not checked.</summary>
    public int? ContainerPort { get; init; }

    /// <summary>What settings write into the task definition.</summary>
    public TaskDefinitionChanges Changes { get; init; } = TaskDefinitionChanges.None;

    /// <summary>What a run starts from that needs no build, as half a sentence; null where the sources are built.</summary>
    public string? StartsFrom => TaskDefinition is TaskDefinitionSource.Revision revision ? $"the revision '{revision}' is deployed as it is"
        : Image is not null ? $"the image '{Image}' is given"
        : null;

    /// <summary>The service's project, relative to the repository root.</summary>
    public required string Project { get; init; }

    /// <summary>The Dockerfile, relative to the repository root.</summary>
    public required string Dockerfile { get; init; }

    /// <summary>The base image; null: the builder's own default.</summary>
    public string? BaseImage { get; init; }

    /// <summary>"linux/amd64", or several with commas between them: <see cref="ImagePlatforms"/>.</summary>
    public required string Platform { get; init; }

    /// <summary>How the image is built.</summary>
    public ImageBuilderKind Builder { get; init; }

    /// <summary>Build even where the fingerprint is unchanged.</summary>
    public bool Rebuild { get; init; }

    /// <summary>The test projects that gate a deploy, relative to the repository root.</summary>
    public IReadOnlyList<string> TestProjects { get; init; } = [];

    /// <summary>The number of tasks that the service shall have; null leaves it as it is.</summary>
    public int? DesiredCount { get; init; }

    /// <summary>How long WaitStable waits for the deployment to end.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>When the rollout counts as done, and when as hopeless.</summary>
    public RolloutSettings Rollout { get; init; } = new();

    /// <summary>How one-off tasks run; whether one gates a deployment.</summary>
    public OneOffTaskSettings OneOffTask { get; init; } = new();

    /// <summary>How long a deployment may take by its timeouts: the wait, and the task before it where one gates.</summary>
    public TimeSpan LongestDeployment => OneOffTask.IsGate ? Timeout + OneOffTask.Timeout : Timeout;

    /// <summary>Whether a deployment whose run is cancelled is rolled back; else it is left to ECS.</summary>
    public bool RollsBackOnCancel { get; init; }

    /// <summary>Whether this program goes back to the previous revision where a deployment failed and ECS does not do so itself.</summary>
    public bool RollsBackOnFailure { get; init; }

    /// <summary>The embedded cloud, for an environment that lives on it; null: AWS, or what AWS_ENDPOINT_URL says.</summary>
    public LocalCloudSettings? LocalCloud { get; init; }

    /// <summary>Where the credentials come from, as far as the variables say.</summary>
    public CredentialSource Credentials { get; init; } = CredentialSource.Chain;

    /// <summary>What a person should know of the settings, to be said once.</summary>
    public IReadOnlyList<SettingsRemark> Remarks { get; init; } = [];

    /// <summary>Every setting with its value and where it came from, for <c>--target=Settings</c>.</summary>
    public IReadOnlyList<SettingValue> Values { get; init; } = [];
}

/// <summary>Where the embedded cloud listens.</summary>
/// <param name="Port">The port of its API and registry on 127.0.0.1.</param>
/// <param name="FrontDoorPort">The port of the load balancer on 127.0.0.1.</param>
/// <param name="Runtime">"auto", "engine" or "process".</param>
public sealed record LocalCloudSettings(int Port, int FrontDoorPort, string Runtime)
{
    /// <summary>A file with the failures that it plays, relative to the repository root; null: those that are switched on stay as they are.</summary>
    public string? Faults { get; init; }

    /// <summary>The address of a registry on this machine that holds the images; null: the embedded cloud's own.</summary>
    public string? Registry { get; init; }

    /// <summary>The file with that registry's "user:password", absolute or relative to the repository root.</summary>
    public string? RegistryLogin { get; init; }

    /// <summary>The API's URL.</summary>
    public string Endpoint => $"http://127.0.0.1:{Port}";

    /// <summary>The running service's URL.</summary>
    public string FrontDoor => $"http://127.0.0.1:{FrontDoorPort}";
}

/// <summary>One setting as the Settings target shows it.</summary>
/// <param name="Name">The option's name without dashes.</param>
/// <param name="Value">The value, masked where it is a secret; null where unset.</param>
/// <param name="Origin">"--region", "AWS_REGION", "infra/environments/local.json" or "default".</param>
public sealed record SettingValue(string Name, string? Value, string Origin);
