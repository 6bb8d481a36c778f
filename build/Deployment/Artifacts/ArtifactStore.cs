using System.Globalization;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Artifacts;

/// <summary>
/// The artifacts of one environment, in <c>artifacts/deploy/&lt;environment&gt;/</c>: what one target leaves for the next, in this process
/// or another.
/// A file is written beside its place and renamed, so that a reader sees the former one or the new one.
/// </summary>
/// <param name="repositoryRoot">The repository's root folder.</param>
/// <param name="environment">The environment's name.</param>
/// <param name="folder">Another folder, relative to the repository root; null for the one above.</param>
public sealed class ArtifactStore(string repositoryRoot, string environment, string? folder = null)
{
    private const int MaximumBytes = 4 * 1024 * 1024;

    private static readonly JsonSerializerSettings Json = new()
    {
        Culture = CultureInfo.InvariantCulture,
        ContractResolver = new CamelCasePropertyNamesContractResolver(),
        DateParseHandling = DateParseHandling.None,
        Formatting = Formatting.Indented,
        MissingMemberHandling = MissingMemberHandling.Error,
        MaxDepth = 16,
    };

    private readonly string _root = repositoryRoot;

    /// <summary>The repository's root folder.</summary>
    public string RepositoryRoot => _root;

    /// <summary>The environment's name.</summary>
    public string Environment { get; } = environment;

    /// <summary>The folder, relative to the repository root: "artifacts/deploy/local".</summary>
    public string Folder { get; } = folder ?? $"artifacts/deploy/{environment}";

    /// <summary>The path of a file in it, relative to the repository root.</summary>
    public string PathOf(string file) => $"{Folder}/{file}";

    /// <summary>Writes an artifact into its file.</summary>
    public void Write<T>(T artifact)
        where T : class, IArtifact
    {
        var kind = ArtifactKind.Of(typeof(T));
        if (artifact.Schema != kind.Schema || artifact.Environment != Environment)
            throw new InvalidOperationException(
                $"'{kind.File}' would carry schema {artifact.Schema} of '{artifact.Environment}'; this store writes {kind.Schema} of '{Environment}'.");
        WriteText(kind.File, JsonConvert.SerializeObject(artifact, Json) + "\n");
    }

    /// <summary>
    /// Reads what another target left. Missing, broken, of another environment, of another shape or made from something that has been made
    /// anew since: a <see cref="SlipwayException"/> with <see cref="ExitCode.PreconditionFailed"/> that names the target to run.
    /// </summary>
    public T Read<T>()
        where T : class, IArtifact
    {
        var kind = ArtifactKind.Of(typeof(T));
        var artifact = Parse<T>(kind, ReadText(kind.File));
        RefuseStale(kind, artifact);
        return artifact;
    }

    /// <summary>What an earlier run left, where it can be used; null where there is none or where <see cref="Read{T}"/> would refuse
    /// it.</summary>
    public T? Find<T>()
        where T : class, IArtifact
    {
        try
        {
            return Exists(ArtifactKind.Of(typeof(T)).File) ? Read<T>() : null;
        }
        catch (SlipwayException)
        {
            return null;
        }
    }

    /// <summary>What was written since a moment, by this machine's clock; null where <see cref="Find{T}"/> has nothing younger.</summary>
    public T? FindSince<T>(DateTimeOffset moment)
        where T : class, IArtifact =>
        File.GetLastWriteTimeUtc(FullPath(ArtifactKind.Of(typeof(T)).File)) >= moment.UtcDateTime ? Find<T>() : null;

    /// <summary>Whether a file is there.</summary>
    public bool Exists(string file) => File.Exists(FullPath(file));

    /// <summary>Removes an artifact, so that nothing later takes it for current.</summary>
    public void Remove<T>()
        where T : class, IArtifact => Remove(ArtifactKind.Of(typeof(T)).File);

    /// <summary>Removes a file; one that is not there is fine.</summary>
    public void Remove(string file)
    {
        if (Exists(file))
            File.Delete(FullPath(file));
    }

    /// <summary>Reads a text; a missing one is a <see cref="SlipwayException"/> that names the target to run.</summary>
    public string ReadText(string file)
    {
        var writer = ArtifactKind.WriterOf(file);
        try
        {
            var info = new FileInfo(FullPath(file));
            if (info.Exists && info.Length > MaximumBytes)
                throw Refusal(file, $"has {info.Length} bytes, which no target wrote.", writer);
            return File.ReadAllText(info.FullName);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Refusal(file, $"is missing: {writer} has not run in this environment.", writer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.Of("read", PathOf(file), e);
        }
    }

    /// <summary>Writes a text as it is, in one step.</summary>
    public void WriteText(string file, string text)
    {
        var path = FullPath(file);
        var temporary = $"{path}.{System.Environment.ProcessId}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(temporary, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
            throw FileFailure.Of("write", PathOf(file), e);
        }
    }

    private T Parse<T>(ArtifactKind kind, string text)
        where T : class, IArtifact
    {
        try
        {
            // The numbers first: a shape that is not ours would be told as a missing member.
            var header = ParseHeader(text);
            if (header?.Schema != kind.Schema)
                throw Refusal(kind.File, $"has schema {header?.Schema}; this version reads {kind.Schema}.", kind.Writer);
            if (header.Environment != Environment)
                throw Refusal(kind.File, $"is of environment '{header.Environment}'.", kind.Writer);
            return JsonConvert.DeserializeObject<T>(text, Json) is { } artifact && Complete(artifact)
                ? artifact
                : throw Refusal(kind.File, "lacks members that it must have.", kind.Writer);
        }
        catch (JsonException e)
        {
            throw Refusal(kind.File, $"cannot be read: {e.Message}", kind.Writer, e);
        }
    }

    private void RefuseStale(ArtifactKind kind, IArtifact artifact)
    {
        if (kind.MadeFrom is null || artifact.Fingerprint is null)
            return;
        var source = ArtifactKind.Of(kind.MadeFrom);
        if (Exists(source.File) && FindHeader(source.File) is { Fingerprint: { } current } && current != artifact.Fingerprint)
            throw Refusal(
                kind.File,
                $"is stale: it was made from fingerprint '{Short(artifact.Fingerprint)}', and '{source.File}' has '{Short(current)}' since.", kind.Writer);
    }

    private Header? FindHeader(string file)
    {
        try
        {
            return ParseHeader(ReadText(file));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Header? ParseHeader(string text) =>
        JsonConvert.DeserializeObject<Header>(
            text, new JsonSerializerSettings { MaxDepth = 16, DateParseHandling = DateParseHandling.None });

    private SlipwayException Refusal(string file, string what, string writer, Exception? inner = null) =>
        new(ExitCode.PreconditionFailed, $"'{PathOf(file)}' {what}", $"run {BuildCommand.For(writer, Environment)}", inner);

    private string FullPath(string file) => Path.Combine(_root, Folder, file);

    private static string Short(string fingerprint) => fingerprint.Length > 12 ? fingerprint[..12] : fingerprint;

    // A positional record takes null for a member that the text lacks, whatever its type says.
    private static bool Complete(object artifact)
    {
        var nullability = new System.Reflection.NullabilityInfoContext();
        return artifact.GetType().GetProperties().All(p =>
            p.GetValue(artifact) is not null || nullability.Create(p).ReadState == System.Reflection.NullabilityState.Nullable);
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The failure that led here is the one to tell.
        }
    }

    private sealed record Header(int Schema, string? Environment, string? Fingerprint);
}
