namespace Slipway.Deployment.Settings;

/// <summary>One thing that is wrong with what a run was told.</summary>
/// <param name="Origin">Where it came from: "--timeout", "AWS_REGION", "infra/environments/local.json:4:14", "default".</param>
/// <param name="Message">What is wrong, the value in quotes.</param>
/// <param name="Remedy">What is allowed and what to do, as an imperative.</param>
public sealed record SettingsProblem(string Origin, string Message, string Remedy)
{
    /// <summary>Two lines: the problem, then the remedy, indented.</summary>
    public override string ToString() => $"{Origin}: {Message}\n    {Remedy}";
}

/// <summary>Settings, or every problem at once; never both.</summary>
/// <param name="Settings">The settings; null where there are problems.</param>
/// <param name="Problems">The problems; empty where there are settings.</param>
public sealed record SettingsResult(DeploymentSettings? Settings, IReadOnlyList<SettingsProblem> Problems)
{
    /// <summary>The settings, or a <see cref="SlipwayException"/> with all problems and <see cref="ExitCode.InvalidInput"/>.</summary>
    public DeploymentSettings Require() => Settings ?? throw Failure(Problems);

    internal static SlipwayException Failure(IReadOnlyList<SettingsProblem> problems) => problems is [var only]
        ? new SlipwayException(ExitCode.InvalidInput, $"{only.Origin}: {only.Message}", only.Remedy)
        : new SlipwayException(
            ExitCode.InvalidInput,
            $"{problems.Count} problems with the settings:\n{string.Join('\n', problems.Select(p => $"  {p.ToString().ReplaceLineEndings("\n  ")}"))}",
            "correct them all, then look at the result with --target=Settings");
}
