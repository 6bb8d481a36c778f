using Cake.Core;
using Cake.Core.IO;

namespace Slipway.Build.Tests.Output;

/// <summary>This machine, in or out of GitHub Actions.</summary>
internal sealed class ActionsEnvironment(string? actions) : ICakeEnvironment
{
    private readonly CakeEnvironment _machine = new(new CakePlatform(), new CakeRuntime());

    public DirectoryPath WorkingDirectory { get => _machine.WorkingDirectory; set => throw new NotSupportedException(); }

    public DirectoryPath UserHomeDirectory => _machine.UserHomeDirectory;

    public DirectoryPath ApplicationRoot => _machine.ApplicationRoot;

    public ICakePlatform Platform => _machine.Platform;

    public ICakeRuntime Runtime => _machine.Runtime;

    public DirectoryPath GetSpecialPath(SpecialPath path) => _machine.GetSpecialPath(path);

    public string GetEnvironmentVariable(string variable) => variable == "GITHUB_ACTIONS" ? actions! : _machine.GetEnvironmentVariable(variable);

    public IDictionary<string, string> GetEnvironmentVariables() => _machine.GetEnvironmentVariables();
}
