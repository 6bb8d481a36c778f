namespace Slipway.Deployment.Settings;

/// <summary>The table of options: the one place that names them, their variables, their members in files and their defaults.</summary>
public static class SettingsOptions
{
    public static SettingOption Environment { get; } = new(
        "environment", OptionKind.Text, "Where to deploy: the name of a file in infra/environments")
    {
        Variables = ["SLIPWAY_ENVIRONMENT"],
    };

    public static SettingOption Region { get; } = new("region", OptionKind.Text, "The AWS region")
    {
        Variables = ["AWS_REGION", "AWS_DEFAULT_REGION"],
        JsonMember = "region",
        Required = true,
    };

    public static SettingOption AccountId { get; } = new(
        "account-id", OptionKind.Text, "The account that the environment belongs to; any other is refused")
    {
        Variables = ["SLIPWAY_ACCOUNT_ID"],
        JsonMember = "accountId",
    };

    public static SettingOption Repository { get; } = new("repository", OptionKind.Text, "The ECR repository's name")
    {
        Variables = ["ECR_REPOSITORY"],
        JsonMember = "repository",
        Required = true,
    };

    public static SettingOption CreateRepository { get; } = new(
        "create-repository", OptionKind.Flag, "Make the ECR repository where it is missing: immutable tags, scanned, the newest images kept")
    {
        Variables = ["SLIPWAY_CREATE_REPOSITORY"],
        JsonMember = "createRepository",
        Default = "false",
    };

    public static SettingOption Cluster { get; } = new("cluster", OptionKind.Text, "The ECS cluster's name or ARN")
    {
        Variables = ["ECS_CLUSTER"],
        JsonMember = "cluster",
        Required = true,
    };

    public static SettingOption Service { get; } = new("service", OptionKind.Text, "The ECS service's name")
    {
        Variables = ["ECS_SERVICE"],
        JsonMember = "service",
        Required = true,
    };

    public static SettingOption Image { get; } = new(
        "image", OptionKind.Text, "An existing image to deploy; nothing is tested, built or pushed")
    {
        Variables = ["SLIPWAY_IMAGE"],
    };

    public static SettingOption ImageTag { get; } = new(
        "image-tag", OptionKind.Text, "The image's tag, instead of the one computed from commit and sources")
    {
        Variables = ["SLIPWAY_IMAGE_TAG"],
    };

    public static SettingOption TaskDefinition { get; } = new(
        "task-definition", OptionKind.Path,
        "The task definition: a file in AWS's own JSON shape; live: the service's revision with another image; family:42: that revision as it is")
    {
        Variables = ["SLIPWAY_TASK_DEFINITION"],
        JsonMember = "taskDefinition",
        Default = "infra/ecs-task-def.json",
    };

    public static SettingOption Container { get; } = new(
        "container", OptionKind.NameList, "The containers that get the image; the only one, or the one named like the family")
    {
        Variables = ["SLIPWAY_CONTAINER"],
        JsonMember = "container",
    };

    public static SettingOption Project { get; } = new("project", OptionKind.Path, "The service's project")
    {
        Variables = ["SLIPWAY_PROJECT"],
        JsonMember = "project",
        Default = "src/StreamMlService/StreamMlService.csproj",
    };

    public static SettingOption Dockerfile { get; } = new("dockerfile", OptionKind.Path, "The Dockerfile")
    {
        Variables = ["SLIPWAY_DOCKERFILE"],
        JsonMember = "dockerfile",
        Default = "src/StreamMlService/Dockerfile",
    };

    public static SettingOption BaseImage { get; } = new(
        "base-image", OptionKind.Text, "The base image; the embedded cloud's own where it is used, else the builder's default")
    {
        Variables = ["SLIPWAY_BASE_IMAGE"],
        JsonMember = "baseImage",
    };

    public static SettingOption Platform { get; } = new(
        "platform", OptionKind.NameList, "The image's platform, or several for a list of manifests; this machine's on the embedded cloud, else linux/amd64")
    {
        Variables = ["SLIPWAY_PLATFORM"],
        JsonMember = "platform",
        Choices = ["linux/amd64", "linux/arm64"],
    };

    public static SettingOption Builder { get; } = new(
        "builder", OptionKind.Choice, "What builds the image; auto: docker where an engine answers, else the SDK")
    {
        Variables = ["SLIPWAY_BUILDER"],
        JsonMember = "builder",
        Choices = ["auto", "docker", "sdk"],
        Default = "auto",
    };

    public static SettingOption Rebuild { get; } = new("rebuild", OptionKind.Flag, "Build the image even where its inputs are unchanged")
    {
        Variables = ["SLIPWAY_REBUILD"],
        Default = "false",
    };

    public static SettingOption TestProjects { get; } = new(
        "test-projects", OptionKind.PathList, "The test projects that must pass before a deploy")
    {
        Variables = ["SLIPWAY_TEST_PROJECTS"],
        JsonMember = "testProjects",
        Default = "tests/StreamMlService.Tests",
    };

    public static SettingOption DesiredCount { get; } = new(
        "desired-count", OptionKind.Number, "The number of tasks; unset leaves the service's own")
    {
        Variables = ["SLIPWAY_DESIRED_COUNT"],
        JsonMember = "desiredCount",
        Most = 5000,
    };

    public static SettingOption Timeout { get; } = new("timeout", OptionKind.Duration, "How long WaitStable waits: 90s, 20m, 1h30m")
    {
        Variables = ["SLIPWAY_TIMEOUT"],
        JsonMember = "timeout",
        Default = "20m",
    };

    public static SettingOption LocalCloudPort { get; } = new(
        "local-cloud-port", OptionKind.Number, "The embedded cloud's port on 127.0.0.1")
    {
        Variables = ["SLIPWAY_LOCAL_CLOUD_PORT"],
        JsonMember = "localCloud.port",
        Default = "4570",
        Least = 1,
        Most = 65535,
    };

    public static SettingOption FrontDoorPort { get; } = new(
        "front-door-port", OptionKind.Number, "The port of the embedded cloud's load balancer on 127.0.0.1")
    {
        Variables = ["SLIPWAY_FRONT_DOOR_PORT"],
        JsonMember = "localCloud.frontDoorPort",
        Default = "8000",
        Least = 1,
        Most = 65535,
    };

    public static SettingOption Runtime { get; } = new("runtime", OptionKind.Choice, "What the embedded cloud runs tasks with")
    {
        Variables = ["SLIPWAY_RUNTIME"],
        JsonMember = "localCloud.runtime",
        Choices = ["auto", "engine", "process"],
        Default = "auto",
    };

    public static SettingOption LocalCloudFaults { get; } = new(
        "local-cloud-faults", OptionKind.Path, "A JSON array of failures that the embedded cloud plays")
    {
        Variables = ["SLIPWAY_LOCAL_CLOUD_FAULTS"],
        JsonMember = "localCloud.faults",
    };

    public static SettingOption LocalCloudRegistry { get; } = new(
        "local-cloud-registry", OptionKind.Text, "A registry on this machine that takes the place of the embedded cloud's own: http://127.0.0.1:5000")
    {
        Variables = ["SLIPWAY_LOCAL_CLOUD_REGISTRY"],
        JsonMember = "localCloud.registry",
    };

    public static SettingOption LocalCloudRegistryLogin { get; } = new(
        "local-cloud-registry-login", OptionKind.Text, "The file that holds that registry's user:password")
    {
        Variables = ["SLIPWAY_LOCAL_CLOUD_REGISTRY_LOGIN"],
        JsonMember = "localCloud.registryLogin",
    };

    public static SettingOption Since { get; } = new(
        "since", OptionKind.Duration, "Logs: how far back, 90s, 20m, 1h30m")
    {
        IsSwitch = true,
    };

    public static SettingOption Follow { get; } = new(
        "follow", OptionKind.Flag, "Logs: go on with new lines until Ctrl-C")
    {
        IsSwitch = true,
    };

    public static SettingOption Lines { get; } = new("lines", OptionKind.Number, "Logs: how many lines at the most")
    {
        IsSwitch = true,
        Default = "50",
        Least = 1,
        Most = 10_000,
    };

    public static SettingOption DetailedExitCode { get; } = new(
        "detailed-exitcode", OptionKind.Flag, "Plan: exit with 10 where changes are pending")
    {
        IsSwitch = true,
    };

    /// <summary>Every option, in the order in which people think of them.</summary>
    public static IReadOnlyList<SettingOption> All { get; } =
    [
        Environment, Region, AccountId, Repository, CreateRepository, Cluster, Service, Image, ImageTag, TaskDefinition, Container,
        .. TaskDefinitionOptions.All, Project, Dockerfile, BaseImage, Platform, Builder, Rebuild, TestProjects, DesiredCount, Timeout,
        .. RolloutOptions.All, .. OneOffTaskOptions.All, .. RollbackOptions.All, LocalCloudPort, FrontDoorPort, Runtime, LocalCloudFaults, LocalCloudRegistry, LocalCloudRegistryLogin,
        .. OneOffTaskOptions.Switches, .. RollbackOptions.Switches, Since, Follow, Lines, DetailedExitCode,
    ];
}
