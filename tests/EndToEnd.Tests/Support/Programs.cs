namespace Slipway.EndToEnd.Tests.Support;

/// <summary>The programs of this machine.</summary>
internal static class Programs
{
    /// <summary>Where a program is, by the variable PATH; null where it is not.</summary>
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
