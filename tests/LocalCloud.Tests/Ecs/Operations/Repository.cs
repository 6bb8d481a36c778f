namespace Slipway.LocalCloud.Tests.Ecs.Operations;

/// <summary>Files of this repository, found from the tests' own source.</summary>
internal static class Repository
{
    public static string File(params string[] names) => Path.Combine([Root(), .. names]);

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string source = "")
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(source)!);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "global.json"))) folder = folder.Parent;
        if (folder is null) Assert.Ignore("the repository's files are not where these tests were compiled");
        return folder!.FullName;
    }
}
