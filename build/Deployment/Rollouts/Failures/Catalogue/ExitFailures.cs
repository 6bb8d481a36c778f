namespace Slipway.Deployment.Rollouts.Failures.Catalogue;

/// <summary>The container started and ended. What it wrote says more than its exit code, where something known is in it.</summary>
internal static class ExitFailures
{
    private const string Essential = "Essential container in task exited";

    public static IReadOnlyList<FailureRule> Rules { get; } =
    [
        Written("aws-region", "The program does not know its AWS region.",
            "set AWS_REGION under 'environment' of the container: Fargate gives it to tasks, other places do not",
            ["must specify a region", "no regionendpoint or serviceurl configured", "could not find region", "missing region in config"],
            "botocore.exceptions.NoRegionError: You must specify a region."),
        Written("port-in-use", "The program's port is taken inside the task.", "give the containers of a task different ports, and the program only one listener per port",
            ["address already in use"], "System.IO.IOException: Failed to bind to address http://[::]:8000: address already in use."),
        Written("file-missing", "The program's own file is not in the image.", "check what the Dockerfile copies, and ENTRYPOINT and CMD",
            ["the application to execute does not exist", "specified command or file was not found", "unable to access jarfile", "cannot find module"],
            "The application to execute does not exist: '/app/StreamMlServce.dll'."),
        Ends(0, 3, "The container ended by itself without an error; a service must keep running.", "check what the container's command does"),
        Ends(126, 2, "The container's command is not executable.", "check ENTRYPOINT and CMD of the image, and the file's executable bit"),
        Ends(127, 2, "The container's command was not found.", "check ENTRYPOINT and CMD of the image"),
        Ends(132, 3, "The container used an instruction that the processor does not have.",
            "build for the processor of 'runtimePlatform', without options for newer ones"),
        Ends(134, 3, "The container aborted itself.", "read the last log lines: an unhandled exception or a failed assertion stands there"),
        Ends(137, 3, "The container was killed: mostly for using more memory than it may, or for not stopping in time.",
            "raise 'memory' in the task definition, or look for what grows; where it was being stopped, raise 'stopTimeout'"),
        Ends(139, 3, "The container crashed with a segmentation fault.",
            "look for native libraries that do not fit the image's platform or C library"),
        Ends(143, 3, "The container was told to stop.", "read the service events for who stopped it"),
        Ends(150, 2, "The image lacks the .NET runtime that the program needs.",
            "take a base image with the framework and version that *.runtimeconfig.json names"),
        Ends(1, 3, "The container ended with an error.",
            "read the last log lines; compare 'environment' and 'secrets' with what the program needs, and its port with 'portMappings' (8000)"),
        new("exit", "The container ended with an error.",
            "read the last log lines; compare 'environment' and 'secrets' with what the program needs, and its port with 'portMappings' (8000)", 3)
        {
            NeedsExitCode = true,
            Sources = FailureSource.Task,
            Examples = [new(Essential, 42), new(Essential, 255), new(Essential, -1)],
        },
    ];

    private static FailureRule Ends(int code, int hopelessAfter, string cause, string remedy) =>
        new(FormattableString.Invariant($"exit-{code}"), cause, remedy, hopelessAfter)
        {
            ExitCode = code,
            Sources = FailureSource.Task,
            Examples = [new(Essential, code)],
        };

    private static FailureRule Written(string key, string cause, string remedy, string[] words, string line) =>
        new(key, cause, remedy, null)
        {
            Sources = FailureSource.Log,
            Words = [words],
            Examples = [new(line, Source: FailureSource.Log)],
        };
}
