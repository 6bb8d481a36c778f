namespace Slipway.Deployment.Settings;

/// <summary>The part of the table of options that is about one-off tasks: the gate before a deployment, and the target RunTask.</summary>
public static class OneOffTaskOptions
{
    public static SettingOption PreDeployTask { get; } = new(
        "pre-deploy-task", OptionKind.ArgumentList,
        "A command (the image's ENTRYPOINT stays) that must succeed as a task of the new revision before the service is updated, as a JSON array")
    {
        Variables = ["SLIPWAY_PRE_DEPLOY_TASK"],
        JsonMember = Section + ".command",
    };

    public static SettingOption PreDeployTaskDefinition { get; } = new(
        "pre-deploy-task-definition", OptionKind.Text, "The existing task definition of that task, family or family:42, where it is not the new revision")
    {
        Variables = ["SLIPWAY_PRE_DEPLOY_TASK_DEFINITION"],
        JsonMember = Section + ".taskDefinition",
    };

    public static SettingOption Container { get; } = new(
        "task-container", OptionKind.Text, "The container of a one-off task that gets the command and whose exit code decides; the one that gets the image")
    {
        Variables = ["SLIPWAY_TASK_CONTAINER"],
        JsonMember = Section + ".container",
    };

    public static SettingOption Env { get; } = new("task-env", OptionKind.Map, "An environment variable of that container in a one-off task")
    {
        JsonMember = Section + ".env",
    };

    public static SettingOption Timeout { get; } = new("task-timeout", OptionKind.Duration, "How long a one-off task may take before it is stopped")
    {
        Variables = ["SLIPWAY_TASK_TIMEOUT"],
        JsonMember = Section + ".timeout",
        Default = "10m",
    };

    public static SettingOption Command { get; } = new(
        "task-command", OptionKind.ArgumentList, "RunTask: the command, as a JSON array; unset: that of --pre-deploy-task")
    {
        IsSwitch = true,
    };

    /// <summary>The member of the file that holds them.</summary>
    internal const string Section = "preDeployTask";

    /// <summary>Those that are settings, in the order of the table.</summary>
    internal static IReadOnlyList<SettingOption> All { get; } = [PreDeployTask, PreDeployTaskDefinition, Container, Env, Timeout];

    /// <summary>Those that are switches of one target.</summary>
    internal static IReadOnlyList<SettingOption> Switches { get; } = [Command];
}
