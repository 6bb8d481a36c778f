namespace Slipway.Deployment.Rollouts.Failures.Catalogue;

/// <summary>What ECS says of the deployment as a whole, and what is wrong with its settings. Says little of the tasks.</summary>
internal static class DeploymentFailures
{
    public static IReadOnlyList<FailureRule> Rules { get; } =
    [
        new("task-definition-missing", "The task definition does not exist, or has been deregistered.",
            "run --target=RenderTaskDef and --target=DeployEcs, or name a revision that is ACTIVE with --task-definition; look at the setting 'region' too", 1)
        {
            Sources = FailureSource.Event | FailureSource.Api,
            Words =
            [
                [
                    "unable to describe task definition", "task definition does not exist", "taskdefinition not found", "task definition not found",
                    "taskdefinition is inactive", "task definition is inactive",
                ],
            ],
            Examples =
            [
                new("ClientException: Unable to describe task definition.", Source: FailureSource.Api),
                new("ClientException: TaskDefinition not found.", Source: FailureSource.Api),
                new("ClientException: TaskDefinition is inactive", Source: FailureSource.Api),
            ],
        },
        new("healthy-percent", "The service's percentages leave no room to start a new task or to stop an old one.",
            "raise maximumPercent or lower minimumHealthyPercent so that at least one task can move", 1)
        {
            Words = [["because of the service deployment configuration"]],
            Examples =
            [
                new("(service web) was unable to stop or start tasks during a deployment because of the service deployment configuration. "
                    + "Update the minimumHealthyPercent or maximumPercent value and try again.", Source: FailureSource.Event),
            ],
        },
        new("throttled", "ECS's own scheduler is throttled in this account and tries again later.", "wait; deploy fewer services at the same time", null)
        {
            Words = [["operations are being throttled"]],
            Examples = [new("(service web) operations are being throttled on elb. Will try again later.", Source: FailureSource.Event)],
        },
        new("alarm", "A CloudWatch alarm of the service went off during the deployment.", "look at the alarm's metric; correct what it measures, then deploy again", 1)
        {
            Words = [["alarm detected", "triggered alarm", "alarm(s) detected"]],
            Examples = [new("(service web) (deployment ecs-svc/1234567890123456789) deployment failed: alarm detected.", Source: FailureSource.Event)],
        },
        new("stopped-by-person", "Somebody stopped it.", "ask who did; deploy again where it was a mistake", null)
        {
            Words = [["stopped by user", "stopped by a user", "stopped by the user", "user initiated", "userinitiated"]],
            Examples = [new("Task stopped by user")],
        },
        new("breaker", "Too many tasks of the deployment did not come up: the deployment circuit breaker gave up.",
            "look at the stopped tasks: their reason, exit code and log lines", 1)
        {
            Words = [["tasks failed to start", "circuit breaker"]],
            Examples =
            [
                new("ECS deployment circuit breaker: tasks failed to start.", Source: FailureSource.Event),
                new("(service web) (deployment ecs-svc/1234567890123456789) deployment failed: tasks failed to start.", Source: FailureSource.Event),
            ],
        },
        new("starting", "The tasks do not come up one after the other, and ECS tries again at longer and longer intervals.",
            "look at the stopped tasks: their reason, exit code and log lines", null)
        {
            Words = [["unable to consistently start tasks"]],
            Examples = [new("(service web) is unable to consistently start tasks successfully.", Source: FailureSource.Event)],
        },
    ];
}
