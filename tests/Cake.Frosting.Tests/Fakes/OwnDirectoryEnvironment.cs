using Cake.Core;
using Cake.Core.IO;

namespace Cake.Frosting.Tests.Fakes;

/// <summary>The machine's environment, but with a working directory that is not the whole test process's.</summary>
internal sealed class OwnDirectoryEnvironment : ICakeEnvironment
{
    private readonly CakeEnvironment machine = new(new CakePlatform(), new CakeRuntime());

    public DirectoryPath WorkingDirectory { get; set; } = new(TestContext.CurrentContext.WorkDirectory);

    public DirectoryPath UserHomeDirectory => machine.UserHomeDirectory;

    public DirectoryPath ApplicationRoot => machine.ApplicationRoot;

    public ICakePlatform Platform => machine.Platform;

    public ICakeRuntime Runtime => machine.Runtime;

    public DirectoryPath GetSpecialPath(SpecialPath path) => machine.GetSpecialPath(path);

    public string GetEnvironmentVariable(string variable) => machine.GetEnvironmentVariable(variable);

    public IDictionary<string, string> GetEnvironmentVariables() => machine.GetEnvironmentVariables();
}
