using System.Diagnostics;
using System.Globalization;

namespace Slipway.LocalCloud.Runtime;

/// <summary>A process by more than its number, which the system gives to others after its end.</summary>
/// <param name="Pid">The process's number.</param>
/// <param name="Start">When it began, in a form that two looks at the same process always give alike.</param>
internal sealed record ProcessIdentity(int Pid, string Start)
{
    public static ProcessIdentity? Of(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.HasExited ? null : new ProcessIdentity(pid, Mark(process));
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or IOException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Whether the process still lives, and is not another one of the same number.</summary>
    public bool IsAlive => Of(Pid) == this;

    private static string Mark(Process process)
    {
        if (!OperatingSystem.IsLinux()) return process.StartTime.ToFileTimeUtc().ToString(CultureInfo.InvariantCulture);

        // Process.StartTime adds ticks to a boot time that moves when the clock is set; the ticks themselves do not move.
        var stat = File.ReadAllText($"/proc/{process.Id}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        if (fields[0] is "Z" or "X") throw new InvalidOperationException("The process has ended.");
        var boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        return $"{boot}/{fields[19]}";
    }
}
