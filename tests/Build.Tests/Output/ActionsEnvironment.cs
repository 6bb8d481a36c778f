using Cake.Core;
using Cake.Core.IO;

namespace Slipway.Build.Tests.Output;

/// <summary>This machine with the variables of a GitHub runner that a test names, and no others of them.</summary>
internal sealed class ActionsEnvironment(params (string Name, string? Value)[] variables) : ICakeEnvironment
{
    private readonly CakeEnvironment _machine = new(new CakePlatform(), new CakeRuntime());

    public DirectoryPath WorkingDirectory { get => _machine.WorkingDirectory; set => throw new NotSupportedException(); }

    public DirectoryPath UserHomeDirectory => _machine.UserHomeDirectory;

    public DirectoryPath ApplicationRoot => _machine.ApplicationRoot;

    public ICakePlatform Platform => _machine.Platform;

    public ICakeRuntime Runtime => _machine.Runtime;

    public DirectoryPath GetSpecialPath(SpecialPath path) => _machine.GetSpecialPath(path);

    public string GetEnvironmentVariable(string variable) => variables.LastOrDefault(given => given.Name == variable).Value!;

    public IDictionary<string, string> GetEnvironmentVariables() =>
        variables.Where(given => given.Value is not null).ToDictionary(given => given.Name, given => given.Value!);
}
