namespace Slipway.Deployment.Settings;

/// <summary>The commands that messages tell a person to run, complete, so that they can be pasted.</summary>
public static class BuildCommand
{
    /// <summary>"./build.sh --target=Push --environment=local".</summary>
    public static string For(string target, string environment, params ReadOnlySpan<string> more)
    {
        var command = $"./build.sh --target={target} --environment={environment}";
        foreach (var argument in more)
            command += $" {argument}";
        return command;
    }
}
