using System.Text.RegularExpressions;
using Slipway.Deployment.Processes;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Images;

/// <summary>What an image is made of, at this moment.</summary>
/// <param name="Sources">The fingerprint of the files.</param>
/// <param name="Fingerprint">The fingerprint of everything.</param>
/// <param name="BaseImage">The base image; null where only the builder knows.</param>
/// <param name="Git">Commit and dirtiness.</param>
public sealed record ImageFacts(string Sources, string Fingerprint, string? BaseImage, GitState Git)
{
    /// <summary>The login that the base image's registry wants; null where it wants none, or not from us.</summary>
    public RegistryLogin? BaseLogin { get; init; }
}

/// <summary>Gathers what an image is made of: files, base image, SDK, commit.</summary>
/// <param name="repositoryRoot">The repository's root folder.</param>
/// <param name="processes">Runs git and the SDK.</param>
/// <param name="registries">Asks for the base image's digest.</param>
/// <param name="time">Bounds that question.</param>
/// <param name="report">Where details go.</param>
/// <param name="registry">Logs in to the base image's registry; null where nobody can.</param>
public sealed partial class ImageInputs(
    string repositoryRoot, IProcessRunner processes, RegistryClient registries, TimeProvider time, IReport report, IImageRegistry? registry = null)
{
    private static readonly TimeSpan DigestWithin = TimeSpan.FromSeconds(10);

    private readonly SourceFiles _files = new(repositoryRoot);
    private readonly GitRepository _git = new(processes, report);

    /// <summary>The fingerprint of the files alone, as <see cref="ImageFacts.Sources"/>.</summary>
    public string Sources(DeploymentSettings settings, CancellationToken cancellationToken) =>
        Images.Fingerprint.OfFiles(_files.List(settings.Project, settings.Dockerfile, cancellationToken));

    /// <summary>Everything, for a builder.</summary>
    /// <param name="settings">What the run was told.</param>
    /// <param name="builder">The builder's name: two builders make two images of the same sources.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    public async Task<ImageFacts> ReadAsync(DeploymentSettings settings, string builder, CancellationToken cancellationToken)
    {
        var git = _git.ReadAsync(cancellationToken);
        var sdk = SdkVersionAsync(cancellationToken);
        var baseImage = settings.BaseImage ?? DefaultBaseImage(settings.Dockerfile);
        var found = FindBaseAsync(baseImage, cancellationToken);
        var sources = Sources(settings, cancellationToken);
        var (digest, login) = await found;
        var facts = new Dictionary<string, string>
        {
            // The same base is the same wherever it is pulled from; the name counts where the digest is not known.
            ["base"] = digest ?? baseImage ?? "",
            ["builder"] = builder,
            ["platform"] = settings.Platform,
            ["project"] = settings.Project,
            ["dockerfile"] = settings.Dockerfile,
            ["repository"] = settings.Repository,
            ["sdk"] = await sdk,
            // Raised where this program begins to build another image of the same inputs.
            ["recipe"] = "1",
        };
        return new ImageFacts(sources, Images.Fingerprint.OfImage(sources, facts), baseImage, await git) { BaseLogin = login };
    }

    /// <summary>Both builders build on what the Dockerfile says where no setting says otherwise.</summary>
    private string? DefaultBaseImage(string dockerfile)
    {
        try
        {
            var match = BaseImageArgument().Match(File.ReadAllText(Path.Combine(repositoryRoot, dockerfile)));
            return match.Success && ImageReference.TryParse(match.Groups["image"].Value, out _) ? match.Groups["image"].Value : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private async Task<(string? Digest, RegistryLogin? Login)> FindBaseAsync(string? baseImage, CancellationToken cancellationToken)
    {
        if (baseImage is null || !ImageReference.TryParse(baseImage, out var reference) || reference.Host is null)
            return (null, null);
        if (reference.Digest is not null && !BaseImageAccess.MayWantLogin(reference))
            return (reference.Digest, null);
        using var late = new CancellationTokenSource(DigestWithin, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            var (digest, login) = await new BaseImageAccess(registry, registries).FindAsync(reference, both.Token);
            return (reference.Digest ?? digest, login);
        }
        catch (Exception e) when (
            e is HttpRequestException or IOException or InvalidDataException
                || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            report.Detail($"The digest of the base image '{baseImage}' is not known, its name counts alone: {e.Message}");
            return (reference.Digest, null);
        }
    }

    private async Task<string> SdkVersionAsync(CancellationToken cancellationToken)
    {
        var result =
            await processes.RunAsync(new ProcessRequest("dotnet", ["--version"]) { LogName = "dotnet-version" }, cancellationToken);
        return result.ExitCode == 0 ? string.Join('\n', result.Output).Trim() : throw new SlipwayException(
            ExitCode.PreconditionFailed,
            $"The .NET SDK that 'global.json' wants is not here: {string.Join(' ', result.Output.Take(3)).Trim()}",
            "install it from https://dot.net/download");
    }

    [GeneratedRegex(@"^[ \t]*ARG[ \t]+BASE_IMAGE=(?<image>\S+)[ \t]*\r?$", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex BaseImageArgument();
}
