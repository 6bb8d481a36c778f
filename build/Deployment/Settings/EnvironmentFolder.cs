using System.Text;

namespace Slipway.Deployment.Settings;

/// <summary><c>infra/environments</c> of a repository.</summary>
/// <param name="repositoryRoot">The repository's root folder.</param>
public sealed class EnvironmentFolder(string repositoryRoot) : IEnvironmentFiles
{
    private const string Folder = "infra/environments";
    private const int MaximumBytes = 256 * 1024;

    /// <inheritdoc />
    public IReadOnlyList<string> Names { get; } = List(Path.Combine(repositoryRoot, Folder));

    /// <inheritdoc />
    public string PathOf(string name) => $"{Folder}/{name}.json";

    /// <inheritdoc />
    public string Read(string name)
    {
        var path = PathOf(name);
        try
        {
            var file = new FileInfo(Path.Combine(repositoryRoot, path));
            if (file.Length > MaximumBytes)
                throw new SlipwayException(
                    ExitCode.InvalidInput, $"'{path}' has {file.Length} bytes: more than the {MaximumBytes} that settings may have.");
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(
                File.ReadAllBytes(file.FullName));
        }
        catch (DecoderFallbackException e)
        {
            throw new SlipwayException(ExitCode.InvalidInput, $"'{path}' is not UTF-8 text.", "save the file as UTF-8", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SlipwayException(ExitCode.InvalidInput, $"'{path}' cannot be read: {e.Message}", "make the file readable", e);
        }
    }

    private static List<string> List(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)]
        : [];
}
