using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Preflight.Checks;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Preflight;

/// <summary>Verify's work: looks at everything that a deployment stands on, all at once, and changes nothing.</summary>
/// <param name="settings">What the run was told.</param>
/// <param name="store">What earlier runs left; nothing is written.</param>
/// <param name="ports">The world outside; its clients should refuse what writes, as a second barrier.</param>
public sealed class VerifyEnvironment(DeploymentSettings settings, ArtifactStore store, PreflightPorts ports)
{
    /// <summary>The tree of an environment. What is wrong is in it; only a cancelled run, or a bug, is an exception.</summary>
    public async Task<Verification> RunAsync(CancellationToken cancellationToken)
    {
        using var facts = new CloudFacts(settings, ports, store);
        var groups = await Task.WhenAll(Groups(facts).Select(group => group.RunAsync(cancellationToken)));
        var ofSettings = CheckNode.Group(
            "Settings", [.. SettingsNodes.Of(new SettingsResult(settings, [])), WorkflowVariables.Of(new SettingsResult(settings, []), ports.Variable)]);
        return new Verification(settings.Environment, settings.Region, facts.Caller.Known?.AccountId, [ofSettings, .. groups])
        {
            Findings = facts.Definition.Known?.Findings ?? [],
        };
    }

    /// <summary>The tree where the settings are refused: all that is known without them.</summary>
    /// <param name="result">With its problems.</param>
    /// <param name="variable">Looks up an environment variable of the run.</param>
    public static Verification OfRefused(SettingsResult result, Func<string, string?> variable) => new(
        null, null, null,
        [
            CheckNode.Group("Settings", [.. SettingsNodes.Of(result), WorkflowVariables.Of(result, variable)]),
            CheckNode.Group("Everything else", [CheckNode.Skip("not looked at", "because settings are refused")]),
        ])
    {
        HasInvalidSettings = true,
    };

    private IEnumerable<CheckGroup> Groups(CloudFacts facts)
    {
        var isPushed = settings.TaskDefinition is not TaskDefinitionSource.Revision;
        yield return new("Credentials", [new CallerLook(settings, facts), new LifetimeCheck(settings, facts, ports.Time), new RegionCheck(settings, facts)]);
        yield return new("Rights",
        [
            Right(facts.Login, isNeeded: isPushed),
            Right(facts.Repository, isNeeded: isPushed),
            .. facts.Probes.Select(probe => Right(probe.Question, probe.IsNeeded)),
            Right(facts.Service, isNeeded: true),
            Right(facts.Family, isNeeded: true),
            new UntriedRightsCheck(settings),
        ]);
        yield return new("Registry", [new LoginCheck(facts, ports.Time), new RepositoryCheck(settings, facts), new ImageCheck(settings, facts)]);
        yield return new("Cluster and service",
        [
            new ClusterCheck(settings, facts),
            new ServiceCheck(settings, facts),
            OfService("controller", facts, service => ServiceFacts.Controller(service, settings, "controller")),
            OfService("launch type", facts, service => ServiceFacts.LaunchType(service, "launch type")),
            OfService("desired count", facts, service => ServiceFacts.DesiredCount(service, settings, "desired count")),
            OfService("circuit breaker", facts, service => ServiceFacts.Breaker(service, settings, "circuit breaker")),
        ]);
        yield return new("Task definition",
            [.. DefinitionChecks.All(settings, facts), new LogGroupsCheck(settings, facts, ports), new SecretsCheck(settings, facts, ports)]);
        yield return new("Network", [new SubnetsCheck(settings, facts), new RoutesCheck(facts, ports), new SecurityGroupsCheck(settings, facts, ports)]);
    }

    private static RightCheck<T> Right<T>(Question<T> question, bool isNeeded) => new(question, isNeeded);

    private static ServiceFactCheck OfService(string name, CloudFacts facts, Func<Services.ServiceState, CheckNode> judge) => new(name, facts, judge);
}
