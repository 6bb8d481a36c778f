namespace Slipway.Deployment.Settings;

/// <summary>How one-off tasks run, and whether one gates a deployment.</summary>
public sealed record OneOffTaskSettings
{
    /// <summary>The command, one item an argument; null: the container's own.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>An existing task definition, "family", "family:42" or ARN; null: the revision that is deployed.</summary>
    public string? TaskDefinition { get; init; }

    /// <summary>The container that gets the command and whose exit code decides; null: the one that gets the image.</summary>
    public string? Container { get; init; }

    /// <summary>Environment variables of that container, beside or instead of its own.</summary>
    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    /// <summary>How long the task may take before it is stopped.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether a task must succeed before a new revision is deployed.</summary>
    public bool IsGate => Command is not null || TaskDefinition is not null;

    /// <summary>The command of the target RunTask: the one of its switch, else the gate's.</summary>
    public static IReadOnlyList<string>? ReadCommand(SettingsSources sources, OneOffTaskSettings settings)
    {
        var problems = new List<SettingsProblem>();
        var command = CommandOf(new SettingLookup(sources, null, problems), OneOffTaskOptions.Command, problems);
        return problems.Count == 0 ? command ?? settings.Command : throw SettingsResult.Failure(problems);
    }

    internal static OneOffTaskSettings Read(SettingLookup values, SettingChecks check, List<SettingsProblem> problems)
    {
        var definition = values.Text(OneOffTaskOptions.PreDeployTaskDefinition);
        if (definition is not null && !SettingFormats.IsEcsName(definition.Value) && TaskDefinitionSource.MatchRevision(definition.Value) is null)
            problems.Add(new SettingsProblem(definition.Origin, $"'{definition.Value}' is no task definition.", "Name a family, or a revision: family:42, or its ARN."));
        return new OneOffTaskSettings
        {
            Command = CommandOf(values, OneOffTaskOptions.PreDeployTask, problems),
            TaskDefinition = definition?.Value,
            Container = check.EcsName(values.Text(OneOffTaskOptions.Container), "container")?.Value,
            Env = values.Map(OneOffTaskOptions.Env).ToDictionary(entry => entry.Value.Name, entry => entry.Value.Value!, StringComparer.Ordinal),
            Timeout = check.Timeout(values.Duration(OneOffTaskOptions.Timeout))?.Value ?? TimeSpan.FromMinutes(10),
        };
    }

    private static IReadOnlyList<string>? CommandOf(SettingLookup values, SettingOption option, List<SettingsProblem> problems)
    {
        var command = values.Arguments(option);
        if (command is { Value.Count: 0 })
            problems.Add(new SettingsProblem(command.Origin, "the command is empty.", $"Write it like --{option.Name}='[\"migrate\"]', or leave it out."));
        return command?.Value;
    }
}
