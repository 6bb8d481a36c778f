using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.Docker;

public static partial class DockerAliases
{
    /// <summary>Builds an image with the engine's own builder.</summary>
    [CakeMethodAlias]
    public static void DockerBuild(this ICakeContext context, string path)
        => context.DockerBuild(new DockerImageBuildSettings(), path);

    /// <summary>Builds an image with the engine's own builder.</summary>
    /// <param name="context">The context.</param>
    /// <param name="settings">The options.</param>
    /// <param name="path">The build context; quoted where it is not yet.</param>
    [CakeMethodAlias]
    public static void DockerBuild(this ICakeContext context, DockerImageBuildSettings? settings, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var trimmed = path.Trim();
        var isQuoted = trimmed.Length > 1 && trimmed.StartsWith('"') && trimmed.EndsWith('"');
        Docker<DockerImageBuildSettings>(context).Run("image build", settings ?? new(), [isQuoted ? path : $"\"{path}\""]);
    }

    /// <summary>Builds an image with BuildKit.</summary>
    [CakeMethodAlias]
    public static void DockerBuildXBuild(this ICakeContext context, string target)
        => context.DockerBuildXBuild(new DockerBuildXBuildSettings(), target);

    /// <summary>Builds an image with BuildKit.</summary>
    /// <param name="context">The context.</param>
    /// <param name="settings">The options.</param>
    /// <param name="target">The build context. It is passed as it is: quote a path with spaces.</param>
    [CakeMethodAlias]
    public static void DockerBuildXBuild(this ICakeContext context, DockerBuildXBuildSettings? settings, string target)
        => Docker<DockerBuildXBuildSettings>(context).Run("buildx build", settings ?? new(), [target]);
}
