using System.Diagnostics.CodeAnalysis;

namespace Slipway.LocalCloud.Hosting;

/// <summary>The cloud's own log: begun anew with each start, the former one kept beside it.</summary>
internal static class LogFile
{
    /// <summary>A writer that many threads may use and that loses no line when the process is killed.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The synchronized writer that is returned owns the file.")]
    public static TextWriter Open(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            if (File.Exists(path)) File.Move(path, path + ".1", overwrite: true);
            var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            return TextWriter.Synchronized(new StreamWriter(stream) { AutoFlush = true });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"the log file '{path}' cannot be written: {error.Message}. Try: another file with --log.", error);
        }
    }
}
