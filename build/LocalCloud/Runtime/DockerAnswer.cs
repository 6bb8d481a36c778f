namespace Slipway.LocalCloud.Runtime;

/// <summary>What the Docker CLI said.</summary>
internal sealed record DockerAnswer(int ExitCode, string Output, string Error)
{
    public bool IsGood => ExitCode == 0;

    /// <summary>The last line of the complaint: the one that says what is wrong.</summary>
    public string Complaint => Error.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .LastOrDefault(line => !line.StartsWith("See '", StringComparison.Ordinal) && !line.StartsWith("Run '", StringComparison.Ordinal)) ?? $"exit code {ExitCode}";
}
