namespace Slipway.Deployment.Settings;

/// <summary>The part of the table of options that changes the task definition's content.</summary>
public static class TaskDefinitionOptions
{
    public static SettingOption ContainerPort { get; } = new(
        "container-port", OptionKind.Number, "The port that the container with the image must map")
    {
        Variables = ["SLIPWAY_CONTAINER_PORT"],
        JsonMember = "containerPort",
        Least = 1,
        Most = 65535,
    };

    public static SettingOption ContainerImage { get; } = new(
        "container-image", OptionKind.Map, "Another container's image: sidecar=host/name:tag")
    {
        JsonMember = "containerImages",
    };

    public static SettingOption EnvRemove { get; } = new("env-remove", OptionKind.NameList, "Environment variables to remove");

    public static SettingOption Env { get; } = new(
        "env", OptionKind.Map, "An environment variable of the container; null in the file removes it")
    {
        JsonMember = "env",
        Removal = EnvRemove,
    };

    public static SettingOption SecretRemove { get; } = new("secret-remove", OptionKind.NameList, "Secrets to remove");

    public static SettingOption Secret { get; } = new(
        "secret", OptionKind.Map, "A secret of the container: the ARN of a secret, or an SSM parameter's ARN or name")
    {
        JsonMember = "secrets",
        Removal = SecretRemove,
    };

    public static SettingOption LogOptionRemove { get; } = new("log-option-remove", OptionKind.NameList, "Log driver options to remove");

    public static SettingOption LogOption { get; } = new("log-option", OptionKind.Map, "An option of the container's log driver")
    {
        JsonMember = "logOptions",
        Removal = LogOptionRemove,
    };

    public static SettingOption DockerLabelRemove { get; } = new("docker-label-remove", OptionKind.NameList, "Docker labels to remove");

    public static SettingOption DockerLabel { get; } = new("docker-label", OptionKind.Map, "A Docker label of the container")
    {
        JsonMember = "dockerLabels",
        Removal = DockerLabelRemove,
    };

    public static SettingOption Command { get; } = new(
        "command", OptionKind.ArgumentList, "The container's command, as a JSON array of strings")
    {
        Variables = ["SLIPWAY_COMMAND"],
        JsonMember = "command",
    };

    public static SettingOption Cpu { get; } = new("cpu", OptionKind.Text, "The task's CPU units: 256, or 0.25 vCPU")
    {
        Variables = ["SLIPWAY_CPU"],
        JsonMember = "cpu",
    };

    public static SettingOption Memory { get; } = new("memory", OptionKind.Text, "The task's memory in MiB: 512, or 0.5 GB")
    {
        Variables = ["SLIPWAY_MEMORY"],
        JsonMember = "memory",
    };

    public static SettingOption ExecutionRoleArn { get; } = new(
        "execution-role-arn", OptionKind.Text, "The role that pulls the image and writes the logs")
    {
        Variables = ["SLIPWAY_EXECUTION_ROLE_ARN"],
        JsonMember = "executionRoleArn",
    };

    public static SettingOption TaskRoleArn { get; } = new("task-role-arn", OptionKind.Text, "The role of the program in the containers")
    {
        Variables = ["SLIPWAY_TASK_ROLE_ARN"],
        JsonMember = "taskRoleArn",
    };

    /// <summary>Every one of them, in the order of the table.</summary>
    internal static IReadOnlyList<SettingOption> All { get; } =
    [
        ContainerPort, ContainerImage, Env, EnvRemove, Secret, SecretRemove, LogOption, LogOptionRemove, DockerLabel, DockerLabelRemove,
        Command, Cpu, Memory, ExecutionRoleArn, TaskRoleArn,
    ];
}
