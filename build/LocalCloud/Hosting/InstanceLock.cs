using System.Globalization;
using Slipway.LocalCloud.State;

namespace Slipway.LocalCloud.Hosting;

/// <summary>One process at a time works on a state folder. The system takes the lock back when the process ends, however it ends.</summary>
internal sealed class InstanceLock : IDisposable
{
    private readonly FileStream file;
    private readonly string pidFile;

    private InstanceLock(FileStream file, string pidFile)
    {
        this.file = file;
        this.pidFile = pidFile;
    }

    public static InstanceLock Take(StateFolder state)
    {
        var folder = state.Folder();

        // The number is in a file of its own: a locked one cannot be read everywhere.
        var pidFile = Path.Combine(folder, "local-cloud.pid");
        try
        {
            var file = new FileStream(Path.Combine(folder, "local-cloud.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(pidFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new InstanceLock(file, pidFile);
        }
        catch (IOException error)
        {
            throw new StartException($"the state folder '{folder}' is in use by {Holder(pidFile)}. Try: stop that one, or give this one another --state.", error);
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
