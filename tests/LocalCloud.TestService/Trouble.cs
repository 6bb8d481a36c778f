using System.Runtime.InteropServices;

namespace Slipway.LocalCloud.TestService;

/// <summary>What a container does that its owner did not want.</summary>
internal static class Trouble
{
    private const int Mebibyte = 1024 * 1024;

    /// <summary>The container's own check: a program that is about to fail by itself is not answered for, and fails before its check does.</summary>
    public static async Task<int> HealthAsync()
    {
        if (Environment.GetEnvironmentVariable("TEST_CONTAINER_HEALTH") is "bad") return 1;
        if (Environment.GetEnvironmentVariable("TEST_EXIT_CODE") is null && Environment.GetEnvironmentVariable("TEST_MEMORY_MIB") is null) return 0;
        await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System);
        return 1;
    }

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
