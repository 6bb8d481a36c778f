using System.Globalization;

namespace Slipway.LocalCloud.Hosting;

/// <summary>Finds who listens on a port, from Linux' tables of sockets.</summary>
internal static class PortHolder
{
    private const string Listening = "0A";

    /// <summary>"the process 4242 (nginx)", or null where it cannot be found: another system, or another user's process.</summary>
    public static string? Find(int port)
    {
        if (!OperatingSystem.IsLinux()) return null;
        try
        {
            var sockets = new[] { "/proc/net/tcp", "/proc/net/tcp6" }.Where(File.Exists)
                .SelectMany(table => Inodes(File.ReadLines(table), port)).Select(inode => $"socket:[{inode}]").ToHashSet(StringComparer.Ordinal);
            return sockets.Count == 0 ? null : Directory.EnumerateDirectories("/proc").Where(folder => IsNumber(Path.GetFileName(folder)))
                .Where(folder => Holds(folder, sockets)).Select(Name).FirstOrDefault();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The inodes of the sockets that listen on a port, from the lines of /proc/net/tcp.</summary>
    public static IEnumerable<string> Inodes(IEnumerable<string> lines, int port)
    {
        var suffix = string.Create(CultureInfo.InvariantCulture, $":{port:X4}");
        return lines.Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(columns => columns.Length > 9 && columns[1].EndsWith(suffix, StringComparison.Ordinal) && columns[3] == Listening)
            .Select(columns => columns[9]);
    }

    private static bool Holds(string folder, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFiles(Path.Combine(folder, "fd")).Any(link => new FileInfo(link).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The program's name only: arguments may hold secrets.</summary>
    private static string Name(string folder)
    {
        var pid = Path.GetFileName(folder);
        try
        {
            return $"the process {pid} ({File.ReadAllText(Path.Combine(folder, "comm")).Trim()})";
        }
        catch (IOException)
        {
            return $"the process {pid}";
        }
    }

    private static bool IsNumber(string name) => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
