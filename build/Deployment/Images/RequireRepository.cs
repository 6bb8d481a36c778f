using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Images;

/// <summary>Finds the repository that is pushed to, and makes it where it is missing and the run is told to.</summary>
internal sealed class RequireRepository(DeploymentSettings settings, IImageRegistry registry, IImageRepositories repositories, IReport report)
{
    /// <summary>The repository; a missing one that may not be made is a <see cref="SlipwayException"/> with the ways to make it.</summary>
    public async Task<ImageRepository> RunAsync(CancellationToken cancellationToken)
    {
        if (!settings.CreatesRepository) return await registry.GetRepositoryAsync(settings.Repository, cancellationToken);
        return await repositories.FindAsync(settings.Repository, cancellationToken) ?? await CreateAsync(cancellationToken);
    }

    private async Task<ImageRepository> CreateAsync(CancellationToken cancellationToken)
    {
        var (name, wanted) = (settings.Repository, RepositoryDefaults.Settings);
        if (await repositories.CreateAsync(name, wanted, RepositoryDefaults.Tags(settings.Environment), cancellationToken) is not { } created)
        {
            report.Fact($"Somebody else made the repository '{name}' at the same time: it stays as it is.");
            return await registry.GetRepositoryAsync(name, cancellationToken);
        }

        report.Fact($"Made the repository '{created.Uri}': immutable tags, scanned on push, encrypted, the newest {RepositoryDefaults.KeptImages} images stay.");
        try
        {
            await repositories.SetLifecycleAsync(name, wanted.Lifecycle!, cancellationToken);
            TellDifferences(wanted, await repositories.ReadSettingsAsync(name, cancellationToken));
        }
        catch (SlipwayException failure)
        {
            // Without it the push works all the same.
            report.Warning($"The repository '{name}' is made, but not as it should be: {failure.Message}{(failure.Remedy is { } remedy ? $" Try: {remedy}." : "")}");
        }

        return created;
    }

    /// <summary>A creation template or a policy of the organization may have decided otherwise.</summary>
    private void TellDifferences(RepositorySettings wanted, RepositorySettings found)
    {
        (string What, string Wanted, string Found)[] parts =
        [
            ("immutable tags", Word(wanted.ImmutableTags), Word(found.ImmutableTags)),
            ("scan on push", Word(wanted.ScanOnPush), Word(found.ScanOnPush)),
            ("encryption", wanted.Encryption, found.Encryption),
            ("lifecycle policy", Canonical(wanted.Lifecycle), Canonical(found.Lifecycle)),
        ];
        foreach (var (what, asked, got) in parts.Where(part => part.Wanted != part.Found))
            report.Warning($"The repository '{settings.Repository}' has {what} {got}, and {asked} was asked for.");
    }

    private static string Word(bool value) => value ? "on" : "off";

    // The registry may write the same JSON in another way.
    private static string Canonical(string? json)
    {
        if (json is null) return "none";
        try
        {
            return JToken.Parse(json).ToString(Formatting.None);
        }
        catch (JsonException)
        {
            return json;
        }
    }
}
