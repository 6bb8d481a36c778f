using System.Xml.Linq;
using Slipway.Deployment.Processes;

namespace Slipway.Deployment.Images;

/// <summary>The command line and the environment of a container publish.</summary>
internal static class SdkPublish
{
    public static ProcessRequest Command(string repositoryRoot, ImageBuildRequest request, string archive, string labelTargets, string? configFolder) =>
        new("dotnet", Arguments(repositoryRoot, request, archive, labelTargets))
        {
            LogName = "image-build",
            Environment = Variables(request.BaseImage, configFolder),
        };

    /// <summary>An MSBuild file with the labels: items, which a command line cannot give.</summary>
    public static string LabelTargets(IReadOnlyDictionary<string, string> labels) => new XElement(
        "Project",
        new XElement("ItemGroup", labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l =>
            new XElement(
                "ContainerLabel", new XAttribute("Include", MSBuildProperty.Escape(l.Key)), new XAttribute("Value", MSBuildProperty.Escape(l.Value)))))).ToString();

    private static List<string> Arguments(string repositoryRoot, ImageBuildRequest request, string archive, string labelTargets)
    {
        var arguments = new List<string>
        {
            "publish", request.ProjectFile,
            "--configuration", "Release",
            "--nologo",
            "-verbosity:minimal",
            "-target:PublishContainer",
            // No compiler or MSBuild process stays behind.
            "-nodeReuse:false",
            MSBuildProperty.Argument("UseSharedCompilation", "false"),
            // Folders of its own: the build program's output and an editor's are left alone.
            MSBuildProperty.Argument("UseArtifactsOutput", "true"),
            MSBuildProperty.Argument("ArtifactsPath", Path.Combine(repositoryRoot, "artifacts", "image-build")),
            MSBuildProperty.Argument("ContainerArchiveOutputPath", archive),
            MSBuildProperty.Argument("ContainerImageFormat", "OCI"),
            MSBuildProperty.Argument("ContainerRepository", request.Repository),
            MSBuildProperty.Argument("ContainerImageTag", request.Tag),
            MSBuildProperty.Argument("ContainerRuntimeIdentifier", request.Platform == "linux/arm64" ? "linux-arm64" : "linux-x64"),
            // The time of the build would make every build another image.
            MSBuildProperty.Argument("ContainerGenerateLabelsImageCreated", "false"),
            MSBuildProperty.Argument("Deterministic", "true"),
            // Analyzers change no image; the docker builder leaves them out, too.
            MSBuildProperty.Argument("RunAnalyzers", "false"),
            MSBuildProperty.Argument("PathMap", $"{PathMapped(repositoryRoot)}=/_/"),
            MSBuildProperty.Argument("InformationalVersion", request.Version),
            MSBuildProperty.Argument("IncludeSourceRevisionInInformationalVersion", "false"),
            MSBuildProperty.Argument("CustomAfterMicrosoftCommonTargets", labelTargets),
        };
        if (request.BaseImage is not null)
            arguments.Add(MSBuildProperty.Argument("ContainerBaseImage", request.BaseImage));
        return arguments;
    }

    private static Dictionary<string, string?> Variables(string? baseImage, string? configFolder)
    {
        var variables = new Dictionary<string, string?>(DotNetEnvironment.Variables)
        {
            ["DOTNET_CLI_UI_LANGUAGE"] = "en",
            // The build program's own build must not leak into the service's.
            ["MSBUILDDISABLENODEREUSE"] = "1",
        };
        if (baseImage is not null && ImageReference.TryParse(baseImage, out var reference) && reference.Host is { } host
            && Uri.TryCreate($"http://{host}/", UriKind.Absolute, out var uri) && uri.IsLoopback)
        {
            variables["DOTNET_CONTAINER_INSECURE_REGISTRIES"] = host;
            variables["NO_PROXY"] = AndLoopback(System.Environment.GetEnvironmentVariable("NO_PROXY"));
            variables["no_proxy"] = AndLoopback(System.Environment.GetEnvironmentVariable("no_proxy"));
        }

        if (configFolder is not null)
            variables["DOCKER_CONFIG"] = configFolder;
        return variables;
    }

    private static string AndLoopback(string? others) =>
        string.IsNullOrEmpty(others) ? "127.0.0.1,localhost" : $"{others},127.0.0.1,localhost";

    // The compiler parts pairs at commas and their sides at equals signs, but for doubled ones.
    private static string PathMapped(string folder) =>
        $"{folder.TrimEnd(Path.DirectorySeparatorChar)}{Path.DirectorySeparatorChar}".Replace(",", ",,", StringComparison.Ordinal).Replace("=", "==", StringComparison.Ordinal);
}
