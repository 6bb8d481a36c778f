using System.Globalization;

namespace Slipway.Deployment.Artifacts;

/// <summary>
/// Keeps two runs from writing the artifacts of one environment at once. The system holds the lock, and lets it go with the process however
/// that ends: a killed run blocks nobody.
/// </summary>
public sealed class RunLock : IDisposable
{
    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or throws a <see cref="SlipwayException"/> that names the process that has it.</summary>
    /// <param name="repositoryRoot">The repository's root folder.</param>
    /// <param name="environment">The environment's name.</param>
    public static RunLock Acquire(string repositoryRoot, string environment)
    {
        var path = $"artifacts/deploy/{environment}/run.lock";
        var full = Path.Combine(repositoryRoot, path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            var file = new FileStream(full, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            // Who holds it is said in a file of its own: the locked one cannot be read by others.
            File.WriteAllText(full + ".pid", System.Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new RunLock(file);
        }
        catch (IOException e) when (IsHeldByAnother(e))
        {
            throw new SlipwayException(
                ExitCode.PreconditionFailed,
                $"Another run works on environment '{environment}'{Holder(full + ".pid")}.",
                "wait for it to end, or end it",
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.Of("write", path, e);
        }
    }

    /// <summary>Throws, as <see cref="Acquire"/> does, where a run works on any environment: its artifacts must not be deleted.</summary>
    /// <param name="repositoryRoot">The repository's root folder.</param>
    public static void RequireNone(string repositoryRoot)
    {
        var environments = new DirectoryInfo(Path.Combine(repositoryRoot, "artifacts", "deploy"));
        if (!environments.Exists) return;
        foreach (var environment in environments.GetDirectories()) Acquire(repositoryRoot, environment.Name).Dispose();
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    // EWOULDBLOCK of flock on Linux and macOS, a sharing violation on Windows.
    private static bool IsHeldByAnother(IOException e) =>
        e.GetType() == typeof(IOException) && e.HResult is 11 or 35 or unchecked((int)0x80070020);

    private static string Holder(string path)
    {
        try
        {
            return $": process {File.ReadAllText(path)}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
