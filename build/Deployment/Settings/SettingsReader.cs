using Slipway.Deployment.Images;
using Slipway.Deployment.Settings.Access;

namespace Slipway.Deployment.Settings;

/// <summary>Makes settings of what a run was told: a pure function that reports every problem at once.</summary>
public static class SettingsReader
{
    /// <summary>Reads and checks. Precedence: command line, environment variable, the environment's file, default.</summary>
    public static SettingsResult Read(SettingsSources sources)
    {
        var problems = new List<SettingsProblem>();
        var chosen = EnvironmentChoice.Make(sources, problems);
        if (chosen is null)
            return new SettingsResult(null, problems);

        var file = Load(sources.Files, chosen.Value, problems);
        if (file is null)
            return new SettingsResult(null, problems);

        var values = new SettingLookup(sources, file, problems);
        var settings = Build(sources, chosen, values, problems);
        return problems.Count > 0 ? new SettingsResult(null, problems) : new SettingsResult(settings, []);
    }

    private static EnvironmentFile? Load(IEnvironmentFiles files, string name, List<SettingsProblem> problems)
    {
        try
        {
            var file = EnvironmentFile.Parse(files.PathOf(name), files.Read(name));
            problems.AddRange(file.Problems);
            return file;
        }
        catch (SlipwayException e)
        {
            problems.Add(new SettingsProblem(files.PathOf(name), e.Message, e.Remedy ?? "Replace the file."));
            return null;
        }
    }

    private static DeploymentSettings Build(
        SettingsSources sources, Setting<string> environment, SettingLookup values, List<SettingsProblem> problems)
    {
        var check = new SettingChecks(problems);
        var region = check.Region(values.Text(SettingsOptions.Region));
        var account = check.AccountId(values.Text(SettingsOptions.AccountId));
        var cluster = values.Text(SettingsOptions.Cluster);
        check.Cluster(cluster, region, account);
        var localCloud = LocalCloud(values, check);
        var access = new CredentialChecks(sources, problems);
        var credentials = localCloud is null ? CredentialSource.Of(sources.Meant) : CredentialSource.Embedded;
        if (localCloud is null) access.Check(region, account);
        var baseImage = values.Text(SettingsOptions.BaseImage)
            ?? (localCloud is null ? null : new Setting<string>($"127.0.0.1:{localCloud.Port}/dotnet/aspnet:10.0", "default"));
        var platform = values.Choices(SettingsOptions.Platform) is { } given
            ? new Setting<string>(ImagePlatforms.Join(given.Value), given.Origin)
            : new Setting<string>(localCloud is null ? "linux/amd64" : sources.MachinePlatform, "default");
        values.Show(SettingsOptions.Environment, environment);
        values.Show(SettingsOptions.BaseImage, baseImage);
        values.Show(SettingsOptions.Platform, platform);

        var content = new TaskDefinitionSettings(values, check, problems);
        var settings = new DeploymentSettings
        {
            Environment = environment.Value,
            Region = region?.Value ?? "",
            AccountId = account?.Value,
            Repository = check.Repository(values.Text(SettingsOptions.Repository))?.Value ?? "",
            CreatesRepository = values.Flag(SettingsOptions.CreateRepository)?.Value ?? false,
            Cluster = cluster?.Value ?? "",
            Service = check.EcsName(values.Text(SettingsOptions.Service), "service")?.Value ?? "",
            Image = check.Image(values.Text(SettingsOptions.Image))?.Value,
            ImageTag = check.ImageTag(values.Text(SettingsOptions.ImageTag))?.Value,
            TaskDefinition = content.Source(region, account),
            Containers = [.. values.List(SettingsOptions.Container).Select(name => check.EcsName(name, "container")?.Value).OfType<string>().Distinct()],
            ContainerPort = values.Number(TaskDefinitionOptions.ContainerPort)?.Value,
            Changes = content.Changes(),
            Project = check.InRepository(values.Text(SettingsOptions.Project))?.Value ?? "",
            Dockerfile = check.InRepository(values.Text(SettingsOptions.Dockerfile))?.Value ?? "",
            BaseImage = check.BaseImage(baseImage)?.Value,
            Platform = platform.Value,
            Builder = values.Choice(SettingsOptions.Builder)?.Value switch
            {
                "docker" => ImageBuilderKind.Docker,
                "sdk" => ImageBuilderKind.Sdk,
                _ => ImageBuilderKind.Auto,
            },
            Rebuild = values.Flag(SettingsOptions.Rebuild)?.Value ?? false,
            TestProjects = check.AllInRepository(values.List(SettingsOptions.TestProjects)),
            DesiredCount = values.Number(SettingsOptions.DesiredCount)?.Value,
            Timeout = check.Timeout(values.Duration(SettingsOptions.Timeout))?.Value ?? TimeSpan.FromMinutes(20),
            Rollout = RolloutOptions.Read(values, check),
            OneOffTask = OneOffTaskSettings.Read(values, check, problems),
            RollsBackOnCancel = values.Choice(RollbackOptions.OnCancel)?.Value == "rollback",
            RollsBackOnFailure = values.Flag(RollbackOptions.RollbackOnFailure)?.Value ?? false,
            LocalCloud = localCloud,
            Credentials = credentials,
            Remarks = localCloud is null ? [.. access.Remarks()] : [],
            Values =
            [
                .. values.Shown, new SettingValue("credentials", credentials.Description, credentials.Origin),
                .. localCloud is null ? SdkVariables(sources) : [],
            ],
        };
        content.RefuseWith(settings);
        return settings;
    }

    private static LocalCloudSettings? LocalCloud(SettingLookup values, SettingChecks check)
    {
        if (!values.IsLocal)
        {
            values.RefuseWithoutLocalCloud(
                SettingsOptions.LocalCloudPort, SettingsOptions.FrontDoorPort, SettingsOptions.Runtime, SettingsOptions.LocalCloudFaults,
                SettingsOptions.LocalCloudRegistry, SettingsOptions.LocalCloudRegistryLogin);
            return null;
        }

        var port = values.Number(SettingsOptions.LocalCloudPort);
        var frontDoor = values.Number(SettingsOptions.FrontDoorPort);
        check.Distinct(port, frontDoor);
        return new LocalCloudSettings(port?.Value ?? 0, frontDoor?.Value ?? 0, values.Choice(SettingsOptions.Runtime)?.Value ?? "auto")
        {
            Faults = check.InRepository(values.Text(SettingsOptions.LocalCloudFaults))?.Value,
            Registry = values.Text(SettingsOptions.LocalCloudRegistry)?.Value,
            RegistryLogin = values.Text(SettingsOptions.LocalCloudRegistryLogin)?.Value,
        };
    }

    private static IEnumerable<SettingValue> SdkVariables(SettingsSources sources) =>
        from variable in AwsVariables.OfSdk
        let value = sources.Meant(variable.Name)
        where value is not null
        select new SettingValue(variable.Name, variable.Secret ? "(set, hidden)" : value, "environment");
}
