namespace Slipway.Build.Cloud;

/// <summary>What the embedded cloud must not inherit: it has an account of its own.</summary>
internal static class LocalCloudEnvironment
{
    private static readonly string[] Prefixes = ["AWS_", "ASPNETCORE_", "GITHUB_", "ACTIONS_"];

    /// <summary>Takes the variables of a real account, of other web servers and of the pipeline away.</summary>
    public static void Clean(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.Where(name => Prefixes.Any(name.StartsWith)).ToList()) environment.Remove(name);
    }
}
