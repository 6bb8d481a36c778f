namespace Slipway.LocalCloud.Runtime;

/// <summary>This machine's dotnet program.</summary>
internal static class DotnetHost
{
    private static readonly string Program = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    public static string Find() => Candidates().FirstOrDefault(File.Exists)
        ?? throw new ContainerStartException("CannotStartContainerError: no dotnet program was found. Try: set DOTNET_ROOT to the folder of the .NET installation.");

    /// <summary>First the one that runs this very program, then where an installation says it is, then PATH.</summary>
    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } given) yield return given;
        if (Environment.ProcessPath is { } own && Path.GetFileName(own) == Program) yield return own;

        // …/shared/Microsoft.NETCore.App/10.0.0/System.Private.CoreLib.dll: three folders up is the root.
        if (Path.GetDirectoryName(typeof(object).Assembly.Location) is { Length: > 0 } framework)
            yield return Path.GetFullPath(Path.Combine(framework, "..", "..", "..", Program));
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root) yield return Path.Combine(root, Program);
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            yield return Path.Combine(folder, Program);
    }
}
