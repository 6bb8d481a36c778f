namespace Slipway.Deployment.Settings;

/// <summary>Reads the settings that say what the task definition is made of and what is written into it.</summary>
internal sealed class TaskDefinitionSettings(SettingLookup values, SettingChecks check, List<SettingsProblem> problems)
{
    public TaskDefinitionChanges Changes()
    {
        var variables = values.Map(TaskDefinitionOptions.Env);
        var secrets = values.Map(TaskDefinitionOptions.Secret);
        RefuseBoth(variables, secrets);
        return new TaskDefinitionChanges
        {
            Images = [.. values.Map(TaskDefinitionOptions.ContainerImage).Select(Image).OfType<ContainerImage>()],
            Containers = InOrder(
            [
                .. Entries(ContainerChangeKind.Variable, variables),
                .. Entries(ContainerChangeKind.Secret, secrets),
                .. Entries(ContainerChangeKind.LogOption, values.Map(TaskDefinitionOptions.LogOption)),
                .. Entries(ContainerChangeKind.DockerLabel, values.Map(TaskDefinitionOptions.DockerLabel)),
            ]),
            Cpu = values.Text(TaskDefinitionOptions.Cpu),
            Memory = values.Text(TaskDefinitionOptions.Memory),
            Command = values.Arguments(TaskDefinitionOptions.Command),
            ExecutionRoleArn = values.Text(TaskDefinitionOptions.ExecutionRoleArn),
            TaskRoleArn = values.Text(TaskDefinitionOptions.TaskRoleArn),
        };
    }

    public TaskDefinitionSource Source(Setting<string>? region, Setting<string>? account)
    {
        var value = values.Text(SettingsOptions.TaskDefinition);
        if (value?.Value == TaskDefinitionSource.LiveWord) return new TaskDefinitionSource.Live();
        if (value is not null && TaskDefinitionSource.MatchRevision(value.Value) is { } revision)
        {
            var (inRegion, inAccount) = (revision.Groups["region"], revision.Groups["account"]);
            if (region is not null && inRegion.Success && inRegion.Value != region.Value)
                Add(value.Origin, $"'{value.Value}' is in another region than '{region.Value}' ({region.Origin}).", "Make both the same.");
            if (account is not null && inAccount.Success && inAccount.Value != account.Value)
                Add(value.Origin, $"'{value.Value}' is in another account than '{account.Value}' ({account.Origin}).", "Make both the same.");
            return new TaskDefinitionSource.Revision(value.Value);
        }

        if (value?.Value.Contains(':', StringComparison.Ordinal) == true)
        {
            Add(value.Origin, $"'{value.Value}' is neither a path inside the repository nor a revision.",
                "Name a revision with its number: family:42, or its ARN; a file without ':'; or live.");
            return new TaskDefinitionSource.File(string.Empty);
        }

        return new TaskDefinitionSource.File(check.InRepository(value)?.Value ?? string.Empty);
    }

    /// <summary>An existing revision is deployed as it is. What the environment's file would change is left out there; what this run was told is a mistake.</summary>
    public void RefuseWith(DeploymentSettings settings)
    {
        if (settings.TaskDefinition is not TaskDefinitionSource.Revision revision) return;
        var source = values.OriginOf(SettingsOptions.TaskDefinition);
        var said = settings.Changes.Named.ToList();
        if (settings.Image is not null) said.Insert(0, (SettingsOptions.Image.Name, values.OriginOf(SettingsOptions.Image)));
        foreach (var (option, origin) in said.Where(change => SettingLookup.IsFile(source) || !SettingLookup.IsFile(change.Origin)))
        {
            Add(origin, $"the revision '{revision}' is deployed as it is; nothing can be changed in it.",
                $"Leave out --{option}, or start from another revision's content: --task-definition={TaskDefinitionSource.LiveWord}.");
        }
    }

    private ContainerImage? Image(Setting<MapEntry> entry)
    {
        var (container, uri) = (entry.Value.Name, entry.Value.Value!);
        if (!SettingFormats.IsEcsName(container))
            Add(entry.Origin, $"'{container}' is no container's name.", "Write it like sidecar=host/name:tag.");
        else if (check.Image(new Setting<string>(uri, entry.Origin)) is not null)
            return new ContainerImage(container, uri, entry.Origin);
        return null;
    }

    // ECS refuses a container that has both.
    private void RefuseBoth(IReadOnlyList<Setting<MapEntry>> variables, IReadOnlyList<Setting<MapEntry>> secrets)
    {
        foreach (var (variable, secret) in from variable in variables
                                           from secret in secrets
                                           where variable.Value.Name == secret.Value.Name && variable.Value.Value is not null
                                               && secret.Value.Value is not null
                                               && SettingLookup.IsFile(variable.Origin) == SettingLookup.IsFile(secret.Origin)
                                           select (variable, secret))
            Add(secret.Origin, $"'{secret.Value.Name}' is an environment variable ({variable.Origin}) and a secret.", "Keep one of them.");
    }

    private static IEnumerable<ContainerChange> Entries(ContainerChangeKind kind, IReadOnlyList<Setting<MapEntry>> entries) =>
        entries.Select(entry => new ContainerChange(kind, entry.Value.Name, entry.Value.Value, entry.Origin));

    // The file's first, as the command line's win; in each, removals first: a variable that makes room for a secret of its name.
    private static IReadOnlyList<ContainerChange> InOrder(IReadOnlyList<ContainerChange> changes) =>
        [.. changes.OrderBy(change => !SettingLookup.IsFile(change.Origin)).ThenBy(change => change.Value is not null)];

    private void Add(string origin, string message, string remedy) => problems.Add(new SettingsProblem(origin, message, remedy));
}
