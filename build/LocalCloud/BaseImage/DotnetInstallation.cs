using System.Runtime.InteropServices;

namespace Slipway.LocalCloud.BaseImage;

/// <summary>The .NET that runs this process: the folder with the muxer, and the versions in use.</summary>
/// <param name="Root">Absolute path, links resolved: "/usr/share/dotnet".</param>
/// <param name="Runtime">Version of Microsoft.NETCore.App.</param>
/// <param name="AspNet">Version of Microsoft.AspNetCore.App.</param>
internal sealed record DotnetInstallation(string Root, string Runtime, string AspNet)
{
    /// <summary>The installation of the running process; null where it runs self-contained, without a shared one.</summary>
    public static DotnetInstallation? OfThisProcess() =>
        At(RuntimeEnvironment.GetRuntimeDirectory(), Path.GetDirectoryName(typeof(WebApplication).Assembly.Location) ?? "");

    /// <param name="runtimeFolder">".../shared/Microsoft.NETCore.App/10.0.1".</param>
    /// <param name="aspNetFolder">".../shared/Microsoft.AspNetCore.App/10.0.1".</param>
    public static DotnetInstallation? At(string runtimeFolder, string aspNetFolder)
    {
        // A program in a single file has assemblies without a place.
        if (runtimeFolder.Length == 0 || aspNetFolder.Length == 0) return null;
        var runtime = new DirectoryInfo(Path.TrimEndingDirectorySeparator(runtimeFolder));
        var aspNet = new DirectoryInfo(Path.TrimEndingDirectorySeparator(aspNetFolder));
        return runtime.Parent?.Parent?.Parent is { } root && aspNet.Parent?.Name == "Microsoft.AspNetCore.App" && File.Exists(Path.Combine(root.FullName, "dotnet"))
            ? new DotnetInstallation(root.FullName, runtime.Name, aspNet.Name)
            : null;
    }

    /// <summary>Every file that an application needs to run: muxer, host, both frameworks; sorted, as paths below <see cref="Root"/>.</summary>
    public IReadOnlyList<string> Files()
    {
        string[] folders =
        [
            Path.Combine("host", "fxr", NewestHost()),
            Path.Combine("shared", "Microsoft.NETCore.App", Runtime),
            Path.Combine("shared", "Microsoft.AspNetCore.App", AspNet),
        ];
        var below = folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories));
        return [.. below.Select(file => Path.GetRelativePath(Root, file)).Append("dotnet").Order(StringComparer.Ordinal)];
    }

    /// <summary>The muxer takes the newest host; it runs every older framework.</summary>
    private string NewestHost()
    {
        var versions = Directory.EnumerateDirectories(Path.Combine(Root, "host", "fxr")).Select(folder => Path.GetFileName(folder));
        return versions.OrderByDescending(Release).ThenBy(IsPreview).First();
    }

    private static Version Release(string version) => Version.TryParse(version.Split('-')[0], out var release) ? release : new Version(0, 0);

    private static bool IsPreview(string version) => version.Contains('-', StringComparison.Ordinal);
}
