using System.Runtime.InteropServices;

namespace Slipway.LocalCloud.TestService;

/// <summary>What a container does that its owner did not want.</summary>
internal static class Trouble
{
    private const int Mebibyte = 1024 * 1024;

    /// <summary>Takes memory that .NET's own heap limit does not see, as a native library does, and keeps it.</summary>
    public static void TakeMemory(int mebibytes)
    {
        var content = new byte[Mebibyte];
        Array.Fill(content, (byte)1);
        Console.WriteLine($"taking {mebibytes} MiB");
        for (var i = 0; i < mebibytes; i++) Marshal.Copy(content, 0, Marshal.AllocHGlobal(Mebibyte), Mebibyte);
    }

    /// <summary>Runs on and on; only SIGKILL ends it.</summary>
    public static async Task IgnoreSignalsAsync()
    {
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);
        Console.WriteLine("ignoring SIGTERM");
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
    }
}
