using System.Diagnostics;
using Slipway.LocalCloud.State;

namespace Slipway.LocalCloud.Runtime;

/// <summary>Processes that an instance started which was killed before it could end them; their records lie in the tasks' folders.</summary>
internal static class ProcessOrphans
{
    public const string Record = "process.json";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Ends them all at once, and removes the tasks' folders.</summary>
    public static async Task EndAsync(StateFolder state, TimeProvider time, CancellationToken cancellationToken)
    {
        var tasks = state.Folder("tasks");
        var files = Directory.EnumerateFiles(tasks, Record, new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2 });
        await Task.WhenAll(files.Select(file => state.Read<ProcessIdentity>(Path.GetRelativePath(state.Root, file)))
            .Where(record => record is { IsAlive: true })
            .Select(record => EndAsync(record!, time, cancellationToken)));
        foreach (var folder in Directory.EnumerateDirectories(tasks)) TaskFolder.Delete(folder);
    }

    private static async Task EndAsync(ProcessIdentity orphan, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.GetProcessById(orphan.Pid);
            Signals.Ask(process);
            try
            {
                await process.WaitForExitAsync(cancellationToken).WaitAsync(Patience, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                Signals.Force(process);
            }
        }
        catch (ArgumentException)
        {
            // It ended by itself since the look.
        }
    }
}
