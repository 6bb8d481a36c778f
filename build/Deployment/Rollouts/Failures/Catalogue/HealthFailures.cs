namespace Slipway.Deployment.Rollouts.Failures.Catalogue;

/// <summary>The task runs, and is not well: memory, the load balancer's health check, its own.</summary>
internal static class HealthFailures
{
    private static readonly string[] Unhealthy = ["is unhealthy in (", "is unhealthy in target", "failed elb health checks"];

    public static IReadOnlyList<FailureRule> Rules { get; } =
    [
        new("memory", "The container used more memory than it may and was killed.", "raise 'memory' in the task definition, or look for what grows", 3)
        {
            Words = [["outofmemory", "oomkilled"]],
            Examples =
            [
                new("OutOfMemoryError: Container killed due to memory usage", 137),
                new("Essential container in task exited; OutOfMemoryError: container killed due to high memory usage", 137),
            ],
        },
        new("load-balancer-timeout", "The load balancer's health check gets no answer in time.",
            "let the tasks' security group admit the load balancer's on the container's port (8000), and let the service listen on 0.0.0.0, not on localhost; "
            + "raise 'healthCheckGracePeriodSeconds' where it starts slowly", 3)
        {
            Words = [Unhealthy, ["request timed out", "timed out"]],
            Examples =
            [
                new("(service web) (port 8000) is unhealthy in (target-group arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0f1e) due to (reason Request timed out).",
                    Source: FailureSource.Event),
            ],
        },
        new("load-balancer-codes", "The load balancer's health check gets an answer with a code that it does not take for healthy.",
            "call the health check's path in the container; correct the target group's path or matcher, or the service", 3)
        {
            Words = [Unhealthy, ["with these codes"]],
            Examples =
            [
                new("(service web) (port 8000) is unhealthy in (target-group arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0f1e) due to "
                    + "(reason Health checks failed with these codes: [404]).", Source: FailureSource.Event),
            ],
        },
        new("load-balancer", "The load balancer's health check fails.",
            "check that the service listens on the port of 'portMappings' (8000) on 0.0.0.0, the target group's path and matcher, the security group between "
            + "load balancer and task, and 'healthCheckGracePeriodSeconds'", 3)
        {
            Words = [[.. Unhealthy, "failedhealthchecks"]],
            Examples =
            [
                new("Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0f1e)"),
                new("(service web) (port 8000) is unhealthy in (target-group arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0f1e) due to "
                    + "(reason Health checks failed).", Source: FailureSource.Event),
                new("service web (instance i-0f1e) is unhealthy in (elb web) due to (reason Instance has failed at least the UnhealthyThreshold number of health checks consecutively.)",
                    Source: FailureSource.Event),
            ],
        },
        new("target-group", "The load balancer's target group does not take the tasks.",
            "check that the target group exists, is of target type 'ip' for network mode awsvpc, and hangs on a listener of the load balancer", 2)
        {
            Sources = FailureSource.Task | FailureSource.Event | FailureSource.Api,
            Words = [["targetgroup", "target group"], ["notfound", "not found", "does not exist", "does not have an associated load balancer", "failed to register"]],
            Examples =
            [
                new("(service web) failed to register targets in (target-group arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0f1e) with "
                    + "(error TargetGroupNotFound)", Source: FailureSource.Event),
                new("InvalidParameterException: The target group with targetGroupArn arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0f1e "
                    + "does not have an associated load balancer.", Source: FailureSource.Api),
            ],
        },
        new("health-check", "The container's own health check fails.",
            "run its command in the container by hand; raise 'startPeriod' where the service starts slowly", 3)
        {
            Words = [["failed container health checks"]],
            Examples =
            [
                new("Task failed container health checks"),
                new("(service web) (task 0123456789abcdef0123456789abcdef) failed container health checks.", Source: FailureSource.Event),
            ],
        },
    ];
}
