using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Slipway.LocalCloud.Runtime;

/// <summary>Asks a process to end, where the system has a way to ask.</summary>
internal static class Signals
{
    private const int Terminate = 15;

    public static void Ask(Process process)
    {
        try
        {
            if (OperatingSystem.IsWindows()) process.Kill(entireProcessTree: true);
            else if (!process.HasExited) _ = Kill(process.Id, Terminate);
        }
        catch (InvalidOperationException)
        {
            // It ended between the look and the signal.
        }
    }

    public static void Force(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // It ended between the look and the signal.
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int pid, int signal);
}
