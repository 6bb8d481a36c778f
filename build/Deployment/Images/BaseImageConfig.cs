using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.Images;

/// <summary>
/// A Docker configuration for one build, with a login to the base image's registry. Only this user can read it, no command line and no
/// variable holds the secret, the user's own configuration is not written to, and it is gone after the build.
/// </summary>
public sealed class BaseImageConfig : IDisposable
{
    private BaseImageConfig(string folder) => Folder = folder;

    /// <summary>The folder for DOCKER_CONFIG, absolute.</summary>
    public string Folder { get; }

    /// <summary>A configuration with the login alone; null where the request has none.</summary>
    /// <param name="repositoryRoot">The repository's root folder.</param>
    /// <param name="request">What is built.</param>
    public static BaseImageConfig? Create(string repositoryRoot, ImageBuildRequest request) =>
        request.BaseLogin is { } login ? Write(repositoryRoot, login, []) : null;

    /// <summary>The user's own configuration with the login beside what it has; null where the request has none.</summary>
    /// <param name="repositoryRoot">The repository's root folder.</param>
    /// <param name="request">What is built.</param>
    /// <param name="userFolder">Where the user's configuration is, there or not.</param>
    public static BaseImageConfig? CreateFrom(string repositoryRoot, ImageBuildRequest request, string userFolder) =>
        request.BaseLogin is { } login ? Write(repositoryRoot, login, OfUser(userFolder, login.Server)) : null;

    /// <inheritdoc />
    public void Dispose()
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }

    private static BaseImageConfig Write(string repositoryRoot, RegistryLogin login, JObject config)
    {
        var auths = config["auths"] as JObject ?? [];
        auths[login.Server] = new JObject { ["auth"] = login.Authentication };
        config["auths"] = auths;
        var made = new BaseImageConfig(Path.Combine(repositoryRoot, "artifacts", $"base-image-login-{Guid.NewGuid():N}"));
        try
        {
            PrivateFiles.CreateFolder(made.Folder);
            using var file = new StreamWriter(PrivateFiles.Create(Path.Combine(made.Folder, "config.json")));
            file.Write(config.ToString(Formatting.Indented));
            return made;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            made.Dispose();
            throw FileFailure.Of("write", "the login to the base image's registry", e);
        }
    }

    /// <summary>Other private registries stay open, plug-ins are found, and the user's helper is not asked for our host.</summary>
    private static JObject OfUser(string userFolder, string host)
    {
        var file = Path.Combine(userFolder, "config.json");
        JObject config;
        try
        {
            config = File.Exists(file) ? OciJson.Parse(File.ReadAllBytes(file), "Docker's configuration") : [];
        }
        catch (InvalidDataException)
        {
            // Docker itself would say so; the message may quote a secret.
            config = [];
        }

        var helpers = config["credHelpers"] as JObject ?? [];
        helpers[host] = "";
        config["credHelpers"] = helpers;
        var plugins = config["cliPluginsExtraDirs"] as JArray ?? [];
        plugins.Add(Path.Combine(userFolder, "cli-plugins"));
        config["cliPluginsExtraDirs"] = plugins;
        config.Remove("currentContext");
        return config;
    }
}
