using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Preflight.Checks;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Preflight;

/// <summary>
/// The cheap part of Verify, before a deployment's first step: a handful of reads side by side, so that nobody waits for tests and a build to
/// hear that a service is missing. A request that another try may cure does not stop a run here.
/// </summary>
/// <param name="settings">What the run was told.</param>
/// <param name="store">What earlier runs left; nothing is written.</param>
/// <param name="ports">The world outside.</param>
public sealed class CheckBeforeDeploying(DeploymentSettings settings, ArtifactStore store, PreflightPorts ports)
{
    /// <summary>Looks; everything that is wrong is in one <see cref="SlipwayException"/>.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var facts = new CloudFacts(settings, ports, store);
        var node = await new CheckGroup("Preflight", [.. Checks(facts)]).RunAsync(cancellationToken);
        var wrong = node.Leaves().Where(leaf => leaf.State == CheckState.Ng).ToList();
        if (wrong.Count > 0) throw Failure(wrong);
        ports.Report.Fact($"Preflight: {Words(facts)}.");
    }

    private IEnumerable<ICheck> Checks(CloudFacts facts)
    {
        yield return new CallerLook(settings, facts);
        yield return new LifetimeCheck(settings, facts, ports.Time);
        yield return new RightCheck<Services.ServiceState?>(facts.Service, isNeeded: true);
        yield return new ReadyServiceCheck(settings, facts);
        if (settings.TaskDefinition is TaskDefinitionSource.Revision) yield break;
        yield return new RightCheck<Images.ImageRepository>(facts.Repository, isNeeded: true);
        // One that Push makes where it is missing need not be there yet.
        if (!settings.CreatesRepository) yield return new PatientCheck<Images.ImageRepository>("repository", facts.Repository);
        if (settings.StartsFrom is not null) yield break;
        yield return new RightCheck<Images.RegistryLogin>(facts.Login, isNeeded: true);
        yield return new PatientCheck<Images.RegistryLogin>("login", facts.Login);
    }

    private static string Words(CloudFacts facts)
    {
        List<string> found = [$"caller '{ResourceName.Of(facts.Caller.Known!.Arn)}' of account {facts.Caller.Known.AccountId}"];
        if (facts.Login.Known is not null) found.Add("login");
        if (facts.Repository.Known is { } repository) found.Add($"repository '{repository.Name}'");
        if (facts.Service.Known is { } service) found.Add($"service '{service.Name}' (ACTIVE, controller {service.Controller})");
        return string.Join(", ", found);
    }

    private static SlipwayException Failure(List<CheckNode> wrong)
    {
        if (wrong is [var only]) return new SlipwayException(ExitCode.PreconditionFailed, only.Found!, only.Remedy);
        var lines = wrong.SelectMany(node => node.Remedy is null ? [$"  {node.Found}"] : new[] { $"  {node.Found}", $"    Try: {node.Remedy}" });
        return new SlipwayException(
            ExitCode.PreconditionFailed,
            FormattableString.Invariant($"{wrong.Count} things are not as a deployment needs them:\n{string.Join('\n', lines)}"),
            "correct them all; --target=Verify looks at everything that a deployment stands on");
    }
}
