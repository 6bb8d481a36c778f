using System.Runtime.InteropServices;

namespace Slipway.LocalCloud.Hosting;

/// <summary>
/// Leaves the terminal's session: a Ctrl-C that stops a build, or the end of the terminal, must not stop the deployments.
/// A cloud started by hand leads its own process group; there the call does nothing and Ctrl-C still works.
/// </summary>
internal static class Session
{
    public static void Detach()
    {
        if (!OperatingSystem.IsWindows()) _ = SetSid();
    }

    [DllImport("libc", EntryPoint = "setsid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetSid();
}
