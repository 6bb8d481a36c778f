using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.Docker;

public static partial class DockerAliases
{
    /// <summary>Gives an image a further name.</summary>
    [CakeMethodAlias]
    public static void DockerTag(this ICakeContext context, string imageReference, string registryReference)
    {
        ArgumentException.ThrowIfNullOrEmpty(imageReference);
        ArgumentException.ThrowIfNullOrEmpty(registryReference);
        Docker<DockerImageTagSettings>(context).Run("tag", new(), [imageReference, registryReference]);
    }

    /// <summary>Pushes an image to its registry.</summary>
    [CakeMethodAlias]
    public static void DockerPush(this ICakeContext context, string imageReference)
        => context.DockerPush(new DockerImagePushSettings(), imageReference);

    /// <summary>Pushes an image to its registry.</summary>
    [CakeMethodAlias]
    public static void DockerPush(this ICakeContext context, DockerImagePushSettings? settings, string imageReference)
    {
        ArgumentException.ThrowIfNullOrEmpty(imageReference);
        Docker<DockerImagePushSettings>(context).Run("push", settings ?? new(), [imageReference]);
    }

    /// <summary>Logs in to a registry with the password on the command line, which other users of the machine can see.</summary>
    [CakeMethodAlias]
    public static void DockerLogin(this ICakeContext context, string username, string password, string? server = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(username);
        ArgumentException.ThrowIfNullOrEmpty(password);
        context.DockerLogin(new DockerRegistryLoginSettings { Username = username, Password = password }, server);
    }

    /// <summary>
    /// Logs in to a registry. With <see cref="DockerRegistryLoginSettings.PasswordStdin"/> the password never is an argument.
    /// </summary>
    [CakeMethodAlias]
    public static void DockerLogin(this ICakeContext context, DockerRegistryLoginSettings settings, string? server = null)
        => Docker<DockerRegistryLoginSettings>(context).Run("login", settings, server is null ? [] : [server]);

    /// <summary>Logs out of a registry.</summary>
    [CakeMethodAlias]
    public static void DockerLogout(this ICakeContext context, string? server = null)
        => context.DockerLogout(new DockerRegistryLogoutSettings(), server);

    /// <summary>Logs out of a registry.</summary>
    [CakeMethodAlias]
    public static void DockerLogout(this ICakeContext context, DockerRegistryLogoutSettings? settings, string? server = null)
        => Docker<DockerRegistryLogoutSettings>(context).Run("logout", settings ?? new(), server is null ? [] : [server]);
}
