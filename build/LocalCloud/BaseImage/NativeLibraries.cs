using System.ComponentModel;
using System.Diagnostics;

namespace Slipway.LocalCloud.BaseImage;

/// <summary>The shared libraries that native files need, as this machine's loader resolves them.</summary>
internal static class NativeLibraries
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string[] OpenSsl = ["libssl.so.3", "libssl.so.4", "libssl.so.1.1"];

    /// <summary>Absolute paths, sorted. Optional libraries that this machine lacks (the tracing of .NET has one) are left out.</summary>
    public static async Task<IReadOnlyList<string>> ClosureAsync(IEnumerable<string> files, CancellationToken cancellationToken)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in files) found.UnionWith(Parse(await LddAsync(file, cancellationToken)));

        // .NET opens OpenSSL and, before glibc 2.34, glibc opens its name services by name at run time: no ldd sees them.
        var folders = SearchFolders(found);
        foreach (var name in OpenSsl.Select(name => Find(folders, name)).OfType<string>().Take(1).Concat(NameServices(folders)).ToList())
        {
            found.Add(name);
            found.UnionWith(Parse(await LddAsync(name, cancellationToken)));
        }

        return [.. found];
    }

    /// <summary>The absolute paths in what ldd prints, on glibc ("name => path (address)", "path (address)") and on musl alike.</summary>
    internal static IEnumerable<string> Parse(string output)
    {
        foreach (var line in output.Split('\n', StringSplitOptions.TrimEntries))
        {
            var end = line.LastIndexOf(" (0x", StringComparison.Ordinal);
            if (end < 0) continue;
            var arrow = line.IndexOf(" => ", StringComparison.Ordinal);
            var path = arrow < 0 ? line[..end] : line[(arrow + 4)..end];
            if (path.StartsWith('/')) yield return path;
        }
    }

    private static IEnumerable<string> NameServices(IReadOnlyList<string> folders) =>
        new[] { "libnss_dns.so.2", "libnss_files.so.2" }.Select(name => Find(folders, name)).OfType<string>();

    private static List<string> SearchFolders(IEnumerable<string> libraries)
    {
        var seen = libraries.Select(library => Path.GetDirectoryName(library)!).Distinct(StringComparer.Ordinal).ToList();
        return [.. seen, .. seen.Select(folder => "/usr" + folder), "/lib64", "/usr/lib64", "/lib", "/usr/lib"];
    }

    private static string? Find(IReadOnlyList<string> folders, string name) =>
        folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static async Task<string> LddAsync(string file, CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(Patience);
        var start = new ProcessStartInfo("ldd") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(file);
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
            var errors = process.StandardError.ReadToEndAsync(bound.Token);
            var output = await process.StandardOutput.ReadToEndAsync(bound.Token);
            await errors;
            await process.WaitForExitAsync(bound.Token);
            // A failure means "not a dynamic executable": a static file needs nothing.
            return output;
        }
        catch (Win32Exception exception)
        {
            throw new BaseImageException("ldd, which names the libraries that .NET needs in a container, is not on this machine. Try: install it (Debian: libc-bin, Alpine: musl-utils), or run tasks as processes.", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            throw new BaseImageException($"ldd did not answer for '{file}' within {Patience.TotalSeconds} s.", exception);
        }
    }
}
