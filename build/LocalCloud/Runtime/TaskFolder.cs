namespace Slipway.LocalCloud.Runtime;

/// <summary>A task's files, which go with the task.</summary>
internal static class TaskFolder
{
    public static void Delete(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A file is still open (Windows) or its owner changed: the next start tries again.
        }
    }
}
