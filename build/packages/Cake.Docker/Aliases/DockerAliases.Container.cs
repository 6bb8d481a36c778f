using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.Docker;

public static partial class DockerAliases
{
    /// <summary>Runs a container.</summary>
    /// <returns>The first line of its output; with <c>Detach</c>, the container's id.</returns>
    [CakeMethodAlias]
    public static string? DockerRun(this ICakeContext context, string image, string command, params string[] args)
        => context.DockerRun(new DockerContainerRunSettings(), image, command, args);

    /// <summary>Runs a container.</summary>
    /// <returns>The first line of its output; with <c>Detach</c>, the container's id.</returns>
    [CakeMethodAlias]
    public static string? DockerRun(
        this ICakeContext context, DockerContainerRunSettings? settings, string image, string command, params string[] args)
        => Docker<DockerContainerRunSettings>(context)
            .RunWithResult("run", settings ?? new(), lines => lines.ToArray(), ContainerArguments(image, command, args))
            .FirstOrDefault();

    /// <summary>Runs a container whose output goes where the process runner sends it.</summary>
    [CakeMethodAlias]
    public static void DockerRunWithoutResult(this ICakeContext context, string image, string command, params string[] args)
        => context.DockerRunWithoutResult(new DockerContainerRunSettings(), image, command, args);

    /// <summary>Runs a container whose output goes where the process runner sends it.</summary>
    [CakeMethodAlias]
    public static void DockerRunWithoutResult(
        this ICakeContext context, DockerContainerRunSettings? settings, string image, string command, params string[] args)
        => Docker<DockerContainerRunSettings>(context).Run("run", settings ?? new(), ContainerArguments(image, command, args));

    /// <summary>Reads what a container wrote to its standard output.</summary>
    [CakeMethodAlias]
    public static IEnumerable<string> DockerLogs(this ICakeContext context, string container)
        => context.DockerLogs(new DockerContainerLogsSettings(), container);

    /// <summary>Reads what a container wrote to its standard output.</summary>
    [CakeMethodAlias]
    public static IEnumerable<string> DockerLogs(this ICakeContext context, DockerContainerLogsSettings? settings, string container)
    {
        ArgumentNullException.ThrowIfNull(container);
        return Docker<DockerContainerLogsSettings>(context)
            .RunWithResult("logs", settings ?? new(), lines => lines.ToArray(), container);
    }

    /// <summary>Removes containers.</summary>
    [CakeMethodAlias]
    public static void DockerRm(this ICakeContext context, params string[] containers)
        => context.DockerRm(new DockerContainerRmSettings(), containers);

    /// <summary>Removes containers.</summary>
    [CakeMethodAlias]
    public static void DockerRm(this ICakeContext context, DockerContainerRmSettings? settings, params string[] containers)
    {
        if (containers is not { Length: > 0 })
        {
            throw new ArgumentNullException(nameof(containers));
        }

        Docker<DockerContainerRmSettings>(context).Run("rm", settings ?? new(), containers);
    }

    private static string[] ContainerArguments(string image, string command, string[] args)
    {
        ArgumentException.ThrowIfNullOrEmpty(image);
        return string.IsNullOrEmpty(command) ? [image] : [image, command, .. args];
    }
}
