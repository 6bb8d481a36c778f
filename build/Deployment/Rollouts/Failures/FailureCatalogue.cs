namespace Slipway.Deployment.Rollouts.Failures;

/// <summary>
/// The ways in which a deployment fails, the specific ones first: what ECS says, what it means, what to try. The words
/// are those of ECS's stopped reasons, container reasons and service events.
/// </summary>
internal static class FailureCatalogue
{
    private const string Pull = "cannotpull";
    private const string Init = "resourceinitializationerror";

    public static IReadOnlyList<FailureRule> Rules { get; } =
    [
        Says("image-platform", 2, "The image has no variant for the platform of the task.",
            "build with a --platform that fits 'runtimePlatform' of the task definition",
            ["no matching manifest", "does not contain descriptor matching platform", "exec format error", "image operating system"]),
        Says("image-missing", 2, "The image that the task definition names is not in its repository.",
            "run --target=Push, then --target=RenderTaskDef and --target=DeployEcs",
            [Pull], ["not found", "manifest unknown", "does not exist", "name unknown", "404"]),
        Says("image-denied", 2, "The registry refused the pull to the task's execution role.",
            "give the execution role ecr:GetAuthorizationToken, ecr:BatchGetImage and ecr:GetDownloadUrlForLayer, and look at the repository's policy",
            [Pull], ["denied", "not authorized", "unauthorized", "no basic auth", "403", "forbidden"]),
        Says("image-rate", 2, "The registry limits how often images are pulled.",
            "use an image from ECR, or an ECR pull-through cache", [Pull], ["toomanyrequests", "rate limit"]),
        Says("registry-unreachable", 2, "The tasks cannot reach the registry.",
            "give their subnets a route to it: a NAT gateway, a public address, or VPC endpoints for ecr.api, ecr.dkr and s3",
            [Pull], ["timeout", "timed out", "dial tcp", "canceled", "no such host", "connection"]),
        Says("disk-full", 2, "The image does not fit on the task's storage.",
            "raise 'ephemeralStorage' in the task definition, or make the image smaller", ["no space left on device"]),
        Says("image", 2, "The image cannot be pulled.", "read the stop reason; try to pull the image by its digest from elsewhere", [Pull]),
        Says("entry-point", 2, "The container's program cannot be started: it is not in the image, or not executable.",
            "check ENTRYPOINT and CMD of the image, and 'entryPoint' and 'command' of the container definition",
            ["cannotstartcontainererror", "executable file not found", "oci runtime create failed"]),
        Says("secrets", 2, "A secret of the task definition cannot be read.",
            "check the ARNs under 'secrets', and that the execution role may read them (secretsmanager:GetSecretValue, ssm:GetParameters, kms:Decrypt) "
            + "and the subnets reach those services",
            [Init], ["secret", "ssm", "asm", "parameter", "kms"]),
        Says("logs", 2, "The log driver cannot be set up.",
            "create the log group that 'awslogs-group' names, and give the execution role logs:CreateLogStream and logs:PutLogEvents",
            [Init], ["logger", "log group", "log stream", "awslogs", "logs:"]),
        Says("storage", 2, "A volume cannot be mounted.",
            "check the file system's id, its mount targets in the task's subnets and its security group (port 2049)", [Init], ["efs", "mount", "volume"]),
        Says("initialization", 2, "The task's environment cannot be prepared.", "read the stop reason", [Init]),
        Says("role", 2, "ECS cannot take on a role of the task definition.",
            "check that executionRoleArn and taskRoleArn exist and that their trust policies name ecs-tasks.amazonaws.com", ["unable to assume"]),
        Says("memory", 3, "The container used more memory than it may and was killed.",
            "raise 'memory' in the task definition, or look for what grows", ["outofmemory", "out of memory", "oomkilled"]),
        Says("load-balancer", 3, "The load balancer's health check fails.",
            "check the target group's path, port and matcher, the security group between load balancer and task, and 'healthCheckGracePeriodSeconds'",
            ["elb health checks", "failedhealthchecks", "unhealthy in (target-group", "unhealthy in target-group"]),
        Says("health-check", 3, "The container's own health check fails.",
            "run its command in the container by hand; raise 'startPeriod' where the service starts slowly", ["container health checks", "health check"]),
        Says("addresses", null, "The subnets have no free addresses.", "free some, or give the service more subnets",
            ["free addresses", "insufficientfreeaddresses", "freeaddressesinsubnet"]),
        Says("quota", null, "A quota of the account is used up.", "ask for a higher quota (Service Quotas, Fargate), or stop something",
            ["limit on the number of", "limitexceeded", "quota"]),
        Says("capacity", null, "There is no capacity for the task.",
            "wait, add subnets in other availability zones, or change the capacity provider strategy",
            [
                "capacity is unavailable", "insufficient capacity", "unable to place a task", "resource:memory", "resource:cpu", "resource:eni",
                "no container instance",
            ]),
        Ends(137, "The container was killed (exit code 137): mostly for using more memory than it may, or for not stopping in time.",
            "raise 'memory' in the task definition, or look for what grows"),
        Ends(139, "The container crashed with a segmentation fault (exit code 139).",
            "look for native libraries that do not fit the image's platform or C library"),
        Ends(134, "The container aborted itself (exit code 134).", "read the last log lines"),
        Ends(143, "The container was told to stop (exit code 143).", "read the service events for who stopped it"),
        Ends(126, "The container's command is not executable (exit code 126).", "check ENTRYPOINT and CMD of the image"),
        Ends(127, "The container's command was not found (exit code 127).", "check ENTRYPOINT and CMD of the image"),
        Ends(0, "The container ended by itself without an error (exit code 0); a service must keep running.",
            "check what the container's command does"),
        new("exit", (_, exitCode) => exitCode is not null, "The container ended with an error.", "read the last log lines", 3),
    ];

    /// <summary>The rule for a text in ECS's words; null where none fits.</summary>
    public static FailureRule? Find(string text, int? exitCode = null)
    {
        var lower = text.ToLowerInvariant();
        return Rules.FirstOrDefault(rule => rule.Matches(lower, exitCode));
    }

    private static FailureRule Says(string key, int? hopelessAfter, string cause, string remedy, params string[][] words) =>
        new(key, (text, _) => words.All(group => group.Any(word => text.Contains(word, StringComparison.Ordinal))), cause, remedy, hopelessAfter);

    private static FailureRule Ends(int code, string cause, string remedy) =>
        new(FormattableString.Invariant($"exit-{code}"), (_, exitCode) => exitCode == code, cause, remedy, 3);
}
