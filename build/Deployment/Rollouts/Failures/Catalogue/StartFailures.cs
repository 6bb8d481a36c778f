namespace Slipway.Deployment.Rollouts.Failures.Catalogue;

/// <summary>The container's program cannot be started, or a role cannot be taken on.</summary>
internal static class StartFailures
{
    private static readonly string[] Start = ["cannotstart", "cannotcreate", "oci runtime", "failed to create shim"];

    public static IReadOnlyList<FailureRule> Rules { get; } =
    [
        new("entry-point-not-executable", "The container's program is in the image and is not executable.",
            "set the executable bit in the image (chmod +x, COPY --chmod=755), and check that USER may read the file", 1)
        {
            Words = [Start, ["permission denied"]],
            Examples =
            [
                new("CannotStartContainerError: Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: "
                    + "runc create failed: unable to start container process: exec: \"/app/start.sh\": permission denied: unknown"),
            ],
        },
        new("entry-point", "The container's program is not in the image.",
            "check ENTRYPOINT and CMD of the image, and 'entryPoint' and 'command' of the container definition", 1)
        {
            Words = [Start, ["executable file not found", "no such file or directory", "has no file", "not a directory"]],
            Examples =
            [
                new("CannotStartContainerError: Error response from daemon: OCI runtime create failed: runc create failed: unable to start container process: "
                    + "exec: \"/app/StreamMlServce\": stat /app/StreamMlServce: no such file or directory: unknown"),
                new("CannotStartContainerError: Error response from daemon: OCI runtime create failed: exec: \"dotnet\": executable file not found in $PATH"),
                new("CannotStartContainerError: ResourceInitializationError: the image has no file '/app/Missing.dll'."),
            ],
        },
        new("start-timeout", "The container did not start within the time that ECS gives it.",
            "look whether the image is very large or its volumes hang; raise 'startTimeout' of containers that others depend on", 3)
        {
            Words = [["containerruntimetimeouterror", "dockertimeouterror", "could not transition to"]],
            Examples =
            [
                new("ContainerRuntimeTimeoutError: Could not transition to running; timed out after waiting 1m: context deadline exceeded"),
                new("DockerTimeoutError: Could not transition to started; timed out after waiting 3m0s"),
            ],
        },
        new("dependency", "A container waited for another one of the task that did not get so far ('dependsOn').",
            "look at the other container: its exit code, health check and log say why", 2)
        {
            Words = [["dependency did not", "dependency timed out", "dependentcontainernotstarted", "dependency has failed"]],
            Examples = [new("DependentContainerNotStarted: container: web depends on container: migrate that will never start: dependency did not exit successfully")],
        },
        new("container-start", "The container cannot be started.", "read the stop reason; run the image with the same command elsewhere", 2)
        {
            Words = [["cannotstartcontainererror", "cannotcreatecontainererror", "oci runtime create failed"]],
            Examples =
            [
                new("CannotStartContainerError: failed to get container status: context canceled"),
                new("CannotCreateContainerError: Error response from daemon: invalid volume specification"),
            ],
        },
        new("service-linked-role", "ECS lacks its own role in this account (AWSServiceRoleForECS).",
            "create it: aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com", 1)
        {
            Sources = FailureSource.Event | FailureSource.Api,
            Words = [["service linked role"]],
            Examples =
            [
                new("InvalidParameterException: Unable to assume the service linked role. Please verify that the ECS service linked role exists.", Source: FailureSource.Api),
            ],
        },
        new("role", "ECS cannot take on a role of the task definition.",
            "check that executionRoleArn and taskRoleArn exist and that their trust policies name ecs-tasks.amazonaws.com; "
            + "a role that was made a minute ago needs a little longer", 3)
        {
            Sources = FailureSource.Task | FailureSource.Event | FailureSource.Api,
            Words = [["unable to assume", "cannot assume", "could not assume"]],
            Examples =
            [
                new("(service web) failed to launch a task with (error ECS was unable to assume the role 'arn:aws:iam::123456789012:role/web' that was provided for this task. "
                    + "Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role.).",
                    Source: FailureSource.Event),
            ],
        },
    ];
}
