namespace Slipway.Deployment.Tests.TaskDefinitions;

/// <summary>Files of the repository that a test compares with what the program says, and writes anew where UPDATE_DOCS=1.</summary>
internal static class RepositoryFiles
{
    private static readonly string Root = FindRoot();

    public static void AssertIsUpToDate(string path, string expected)
    {
        var file = Path.Combine(Root, path);
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, expected);
        }

        Assert.That(File.ReadAllText(file), Is.EqualTo(expected), $"'{path}' is out of date. Run this test with UPDATE_DOCS=1 and look at what changed.");
    }

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Slipway.slnx"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
