using System.Diagnostics;

namespace Slipway.LocalCloud.Runtime;

/// <summary>What the kernel does for a container: a process that takes more memory than it was given is killed.</summary>
internal static class MemoryLimit
{
    private const long Mebibyte = 1024 * 1024;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(200);

    /// <summary>Ends with the process; true where it was killed for its memory.</summary>
    /// <param name="process">A process that was started.</param>
    /// <param name="mebibytes">The limit; 0 is none.</param>
    /// <param name="time">What the looks are timed by.</param>
    public static async Task<bool> HoldAsync(Process process, int mebibytes, TimeProvider time)
    {
        var exit = process.WaitForExitAsync();
        if (mebibytes <= 0)
        {
            await exit;
            return false;
        }

        var exceeded = false;
        using var timer = new PeriodicTimer(Beat, time);
        while (await Task.WhenAny(exit, timer.WaitForNextTickAsync().AsTask()) != exit)
        {
            if (exceeded || Used(process) <= mebibytes * Mebibyte) continue;
            exceeded = true;
            Signals.Force(process);
        }

        return exceeded;
    }

    private static long Used(Process process)
    {
        try
        {
            process.Refresh();
            return process.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // It ended between the look and the question.
            return 0;
        }
    }
}
