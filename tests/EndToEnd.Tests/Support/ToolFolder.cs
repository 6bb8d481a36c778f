namespace Slipway.EndToEnd.Tests.Support;

/// <summary>A folder as the whole PATH: with some of this machine's tools, and without all others.</summary>
internal sealed class ToolFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("slipway-tools").FullName;

    public ToolFolder(params string[] tools)
    {
        foreach (var tool in tools)
            File.CreateSymbolicLink(Path.Combine(_folder, tool), Programs.Find(tool)!);
    }

    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>
    {
        ["PATH"] = _folder,
        ["DOTNET_ROOT"] = null,
        ["HOME"] = _folder,
    };

    /// <summary>Adds a program made of shell commands.</summary>
    public void Add(string name, string commands)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, $"#!/usr/bin/env bash\n{commands}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
