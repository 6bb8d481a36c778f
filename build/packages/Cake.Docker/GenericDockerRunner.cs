using Cake.Core;
using Cake.Core.IO;
using Cake.Core.Tooling;

namespace Cake.Docker;

/// <summary>Runs any command of the Docker CLI.</summary>
/// <typeparam name="TSettings">The settings of the command; each property that is set becomes an argument.</typeparam>
public class GenericDockerRunner<TSettings>(
    IFileSystem fileSystem,
    ICakeEnvironment environment,
    IProcessRunner processRunner,
    IToolLocator tools)
    : DockerTool<TSettings>(fileSystem, environment, processRunner, tools)
    where TSettings : AutoToolSettings, new()
{
    /// <summary>Runs a command whose output goes where the process runner sends it.</summary>
    /// <param name="command">The command, for example <c>image build</c>.</param>
    /// <param name="settings">The options of the command.</param>
    /// <param name="additional">What follows the options. It is passed as it is: quote a path with spaces.</param>
    public void Run(string command, TSettings settings, string[] additional)
    {
        Check(command, settings, additional);
        Run(settings, SettingsArguments.Build(command, settings, additional));
    }

    /// <summary>Runs a command and reads its standard output.</summary>
    /// <param name="command">The command.</param>
    /// <param name="settings">The options of the command.</param>
    /// <param name="processOutput">Makes the result of the lines of output.</param>
    /// <param name="arguments">What follows the options. It is passed as it is.</param>
    public T[] RunWithResult<T>(
        string command, TSettings settings, Func<IEnumerable<string>, T[]> processOutput, params string[] arguments)
    {
        Check(command, settings, arguments);
        ArgumentNullException.ThrowIfNull(processOutput);
        T[] result = [];
        Run(
            settings,
            SettingsArguments.Build(command, settings, arguments),
            new ProcessSettings { RedirectStandardOutput = true },
            process => result = processOutput(process.GetStandardOutput()));
        return result;
    }

    private static void Check(string command, TSettings settings, string[] arguments)
    {
        ArgumentException.ThrowIfNullOrEmpty(command);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(arguments);
    }
}
