using System.Globalization;

namespace Slipway.LocalCloud.Runtime;

/// <summary>The variables of a task's process: the image's and the task definition's, and what stands in for a container.</summary>
internal static class ProcessEnvironment
{
    /// <summary>What a program needs of the machine itself. Nothing else of LocalCloud's own environment reaches a task.</summary>
    private static readonly string[] Machine =
        ["SystemRoot", "SystemDrive", "TEMP", "TMP", "LD_LIBRARY_PATH", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "SSL_CERT_FILE", "SSL_CERT_DIR", "TZ"];

    /// <summary>Variables that mean a place inside the image, or a listener that would not be the task's own.</summary>
    private static readonly string[] OfContainers =
        ["PATH", "HOME", "DOTNET_ROOT", "ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS", "URLS", "DOTNET_URLS", "LD_PRELOAD"];

    public static Dictionary<string, string> Of(ContainerRequest request, ImageConfig config, string dotnet, string home, IReadOnlyList<string> urls)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Machine)
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value) variables[name] = value;
        foreach (var entry in config.Environment)
        {
            var equals = entry.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0) variables[entry[..equals]] = entry[(equals + 1)..];
        }

        foreach (var (name, value) in request.Environment) variables[name] = value;
        foreach (var name in OfContainers) variables.Remove(name);

        var root = Path.GetDirectoryName(dotnet)!;
        variables["PATH"] = OperatingSystem.IsWindows() ? root : $"{root}:/usr/local/bin:/usr/bin:/bin";
        variables["HOME"] = home;
        variables["DOTNET_ROOT"] = root;
        variables["DOTNET_NOLOGO"] = "1";
        variables["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        if (urls.Count > 0) variables["ASPNETCORE_URLS"] = string.Join(';', urls);

        // In a container .NET keeps its heap within three quarters of the memory limit; a bare process must be told.
        if (request.MemoryMiB > 0)
            variables.TryAdd("DOTNET_GCHeapHardLimit", ((long)request.MemoryMiB * 1024 * 1024 * 3 / 4).ToString("X", CultureInfo.InvariantCulture));
        return variables;
    }
}
