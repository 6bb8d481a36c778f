using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.Docker;

public static partial class DockerAliases
{
    /// <summary>Runs any other command, for example <c>inspect --format "{{.Id}}" name</c>.</summary>
    /// <returns>The lines of its standard output.</returns>
    [CakeMethodAlias]
    public static IEnumerable<string> DockerCustomCommand(this ICakeContext context, string command)
        => context.DockerCustomCommand(new DockerCustomCommandSettings(), command);

    /// <summary>Runs any other command, for example <c>inspect --format "{{.Id}}" name</c>.</summary>
    /// <param name="context">The context.</param>
    /// <param name="settings">The settings of the process.</param>
    /// <param name="command">The command with its arguments. It is passed as it is: quote what needs quoting.</param>
    /// <returns>The lines of its standard output.</returns>
    [CakeMethodAlias]
    public static IEnumerable<string> DockerCustomCommand(
        this ICakeContext context, DockerCustomCommandSettings settings, string command)
    {
        ArgumentException.ThrowIfNullOrEmpty(command);
        return Docker<DockerCustomCommandSettings>(context).RunWithResult(command, settings, lines => lines.ToArray());
    }
}
