using System.ComponentModel;
using System.Diagnostics;

namespace Slipway.EndToEnd.Tests.Support;

/// <summary>PowerShell: the machine's own, or the .NET tool of that name, which is installed for these tests where the package source has it.</summary>
internal static class PowerShell
{
    private const string Version = "7.6.9";

    private static readonly string Folder = Path.Combine(Repository.Root, "artifacts", "tools", $"powershell-{Version}");

    /// <summary>Where the program is; skips the test where there is none.</summary>
    public static string Require()
    {
        if (Programs.Find("pwsh") is { } own) return own;
        var tool = Path.Combine(Folder, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh");
        if (!File.Exists(tool) && !Install()) Assert.Ignore("PowerShell is not on this machine, and its .NET tool could not be installed.");
        return tool;
    }

    private static bool Install()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("dotnet", ["tool", "install", "PowerShell", "--version", Version, "--tool-path", Folder])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = process.StandardError.ReadToEndAsync();
            TestContext.Out.WriteLine(process.StandardOutput.ReadToEnd() + errors.Result);
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
