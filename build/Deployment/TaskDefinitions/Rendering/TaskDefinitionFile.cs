using Slipway.Deployment.Reporting;
using Slipway.Deployment.TaskDefinitions.Json;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.TaskDefinitions.Rendering;

/// <summary>Reads a task definition of the repository.</summary>
internal static class TaskDefinitionFile
{
    /// <summary>The document; a file that is not there, or no JSON, is a <see cref="SlipwayException"/>.</summary>
    /// <param name="repositoryRoot">The repository's root folder.</param>
    /// <param name="path">Relative to it.</param>
    /// <param name="report">Marks where the JSON is broken.</param>
    public static TaskDefinitionDocument Read(string repositoryRoot, string path, IReport report)
    {
        var document = TaskDefinitionDocument.Read(path, ReadBytes(new FileInfo(Path.Combine(repositoryRoot, path)), path), out var findings);
        Findings.Apply(path, findings, report);
        return document!;
    }

    private static byte[] ReadBytes(FileInfo file, string path)
    {
        try
        {
            if (file is { Exists: true, Length: > StrictJsonReader.MaxBytes })
            {
                throw new SlipwayException(
                    ExitCode.InvalidInput,
                    FormattableString.Invariant($"The task definition '{path}' has {file.Length} bytes; at most {StrictJsonReader.MaxBytes} are read."),
                    "name the right file with --task-definition=<path>");
            }

            return File.ReadAllBytes(file.FullName);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SlipwayException(
                ExitCode.InvalidInput, $"The task definition '{path}' does not exist.",
                "name it with --task-definition=<path>, or a revision with its number: --task-definition=family:42", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SlipwayException(
                ExitCode.InvalidInput, $"The task definition '{path}' cannot be read: {error.GetType().Name}.",
                "check that it is a file and its permissions", error);
        }
    }
}
