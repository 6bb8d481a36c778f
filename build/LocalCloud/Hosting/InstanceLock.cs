using System.Globalization;
using Slipway.LocalCloud.State;

namespace Slipway.LocalCloud.Hosting;

/// <summary>One process at a time works on a state folder. The system takes the lock back when the process ends, however it ends.</summary>
internal sealed class InstanceLock : IDisposable
{
    /// <summary>EWOULDBLOCK of Linux and of macOS, Windows' sharing and lock violations.</summary>
    private static readonly int[] InUse = [11, 35, 32, 33];

    private readonly FileStream file;
    private readonly string pidFile;

    private InstanceLock(FileStream file, string pidFile)
    {
        this.file = file;
        this.pidFile = pidFile;
    }

    public static InstanceLock Take(StateFolder state)
    {
        // The number is in a file of its own: a locked one cannot be read everywhere.
        var pidFile = Path.Combine(state.Root, "local-cloud.pid");
        try
        {
            var folder = state.Folder();
            var file = new FileStream(Path.Combine(folder, "local-cloud.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(pidFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new InstanceLock(file, pidFile);
        }
        catch (IOException error) when (InUse.Contains(error.HResult & 0xffff))
        {
            throw new StartException($"the state folder '{state.Root}' is in use by {Holder(pidFile)}. Try: stop that one, or give this one another --state.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"the state folder '{state.Root}' cannot be written: {error.Message}. Try: another folder with --state.", error);
        }
    }

    public void Dispose()
    {
        File.Delete(pidFile);
        file.Dispose();
    }

    private static string Holder(string pidFile)
    {
        try
        {
            return $"the process {File.ReadAllText(pidFile).Trim()}";
        }
        catch (IOException)
        {
            return "another process";
        }
    }
}
