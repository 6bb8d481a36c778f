using Slipway.Deployment.Processes;
using Slipway.Deployment.Reporting;

namespace Slipway.Deployment.Images;

/// <summary>
/// Builds with the .NET SDK's own container publishing: no engine, and nothing leaves the machine. The archive lies in
/// <c>artifacts/images/</c>.
/// </summary>
/// <param name="repositoryRoot">The repository's root folder.</param>
/// <param name="processes">Runs the SDK.</param>
/// <param name="report">Gets the whole output where the build fails.</param>
public sealed class SdkImageBuilder(string repositoryRoot, IProcessRunner processes, IReport report) : IImageBuilder
{
    private const string Folder = "artifacts/images";
    private const int KeptArchives = 3;

    /// <inheritdoc />
    public string Name => "sdk";

    /// <inheritdoc />
    public async Task<BuiltImage> BuildAsync(ImageBuildRequest request, CancellationToken cancellationToken)
    {
        var archive = $"{Folder}/{request.Tag}.tar";
        var staged = Path.Combine(repositoryRoot, Folder, $".{request.Tag}.{Environment.ProcessId}");
        Directory.CreateDirectory(Path.Combine(repositoryRoot, Folder));
        var made = new List<(string Platform, string Archive)>();
        try
        {
            foreach (var platform in ImagePlatforms.Of(request.Platform))
            {
                made.Add((platform, $"{staged}.{platform.Replace('/', '-')}.tar"));
                await BuildOneAsync(request with { Platform = platform }, made[^1].Archive, cancellationToken);
            }

            var whole = made is [var only] ? only.Archive : $"{staged}.tar";
            if (made.Count > 1) await IndexArchive.WriteAsync(whole, made, cancellationToken);
            var id = ImageArchive.DigestOf(whole);
            File.Move(whole, Path.Combine(repositoryRoot, archive), overwrite: true);
            RemoveOld();
            return new BuiltImage(Name, null, archive, id);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.Of("write", archive, e);
        }
        finally
        {
            foreach (var (_, part) in made) File.Delete(part);
            File.Delete($"{staged}.tar");
        }
    }

    /// <inheritdoc />
    public Task<bool> ExistsAsync(BuiltImage image, CancellationToken cancellationToken) =>
        Task.FromResult(ImageArchive.Holds(Path.Combine(repositoryRoot, image.Archive ?? ""), image.Id));

    private async Task BuildOneAsync(ImageBuildRequest request, string archive, CancellationToken cancellationToken)
    {
        var labels = archive + ".targets";
        using var login = BaseImageConfig.Create(repositoryRoot, request);
        try
        {
            await File.WriteAllTextAsync(labels, SdkPublish.LabelTargets(request.Labels), cancellationToken);
            var result = await processes.RunAsync(SdkPublish.Command(repositoryRoot, request, archive, labels, login?.Folder), cancellationToken);
            if (result.ExitCode != 0)
                throw Failure(request, result);
            await FinishAsync(archive, result, cancellationToken);
        }
        finally
        {
            File.Delete(labels);
        }
    }

    private SlipwayException Failure(ImageBuildRequest request, ProcessResult result)
    {
        foreach (var line in result.Output)
            report.Line("dotnet", line);
        var cause =
            result.Output.FirstOrDefault(
                line => line.Contains(": error ", StringComparison.Ordinal) || line.Contains(" error : ", StringComparison.Ordinal));
        var remedy = result.Output.Any(line => line.Contains("No space left on device", StringComparison.Ordinal))
            ? "free some space (--target=Clean removes what can be made again), then run the same command"
            : cause?.Contains("CONTAINER", StringComparison.Ordinal) == true && request.BaseImage is not null
                ? $"see that the base image '{request.BaseImage}' can be pulled, or name another with --base-image"
                : $"correct what the compiler says; the whole output is in '{result.LogFile}'";
        return new SlipwayException(
            ExitCode.BuildFailed,
            $"failed to build the image of '{request.ProjectFile}': dotnet publish ended with {result.ExitCode}.{(cause is null ? "" : $"\n{Shorten(cause)}")}",
            remedy);
    }

    // Where this repository lies, and which project it was, is known.
    private string Shorten(string line)
    {
        var text =
            line.Replace(
                repositoryRoot.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Trim();
        return text.EndsWith(']') && text.LastIndexOf(" [", StringComparison.Ordinal) is > 0 and var project ? text[..project] : text;
    }

    /// <summary>Makes the archive reproducible.</summary>
    private static async Task FinishAsync(string staged, ProcessResult result, CancellationToken cancellationToken)
    {
        var reproducible = staged + ".new";
        try
        {
            using (var archive = OciArchive.Open(staged))
                await new ReproducibleArchive(archive).WriteAsync(reproducible, cancellationToken);
            File.Move(reproducible, staged, overwrite: true);
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException)
        {
            throw new SlipwayException(
                ExitCode.BuildFailed,
                $"dotnet publish ended well, but left no proper image archive: {e.Message}",
                $"look at '{result.LogFile}'; the project must be publishable as a container (an ASP.NET Core or console project)",
                e);
        }
        finally
        {
            File.Delete(reproducible);
        }
    }

    // Each is as large as the image; the newest are enough to push again.
    private void RemoveOld()
    {
        foreach (var old in new DirectoryInfo(Path.Combine(repositoryRoot, Folder)).GetFiles("*.tar").Where(f => f.Name[0] != '.').OrderByDescending(
            f => f.LastWriteTimeUtc).Skip(KeptArchives))
        {
            try
            {
                old.Delete();
            }
            catch (IOException e)
            {
                report.Detail($"An old archive stays: {e.Message}");
            }
        }
    }
}
