namespace Slipway.LocalCloud.Hosting;

/// <summary>The cloud's own log: begun anew with each start, the former one kept beside it.</summary>
internal static class LogFile
{
    /// <summary>A writer that many threads may use and that loses no line when the process is killed.</summary>
    public static TextWriter Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        if (File.Exists(path)) File.Move(path, path + ".1", overwrite: true);
        var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        return TextWriter.Synchronized(new StreamWriter(stream) { AutoFlush = true });
    }
}
