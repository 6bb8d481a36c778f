using System.Diagnostics;

namespace Slipway.EndToEnd.Tests.Support;

/// <summary>This machine's Docker Engine, asked through the CLI.</summary>
internal static class Engine
{
    /// <summary>Skips a test where none answers.</summary>
    public static void Require()
    {
        if (!Answers()) Assert.Ignore("No Docker Engine answers on this machine.");
    }

    /// <summary>Runs a command; its output, or where it fails what it says of that.</summary>
    public static string Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("docker", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : errors.Result;
    }

    private static bool Answers()
    {
        try
        {
            return Run("version", "--format", "{{.Server.Os}}").Contains("linux", StringComparison.Ordinal);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
