using Slipway.Deployment;

namespace Slipway.Build;

/// <summary>The folder that holds everything: found from where the program lies, so that the working directory does not matter.</summary>
/// <param name="FullPath">Absolute path.</param>
public sealed record RepositoryRoot(string FullPath)
{
    /// <summary>Walks up from a folder to the one with <c>global.json</c> and <c>build/</c>.</summary>
    public static RepositoryRoot Find(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "global.json")) && Directory.Exists(Path.Combine(folder.FullName, "build")))
            {
                return new RepositoryRoot(folder.FullName);
            }
        }

        throw new SlipwayException(ExitCode.PreconditionFailed, $"No repository root above '{from}'.", "start the program with ./build.sh");
    }

    /// <summary>An absolute path inside.</summary>
    public string Combine(params string[] names) => Path.Combine([FullPath, .. names]);
}
