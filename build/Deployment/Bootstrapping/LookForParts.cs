using Amazon.Runtime;
using Slipway.Deployment.Aws;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Bootstrapping;

/// <summary>Asks which parts of an account are there. What may not be asked is not known, and no failure.</summary>
internal sealed class LookForParts(DeploymentSettings settings, BootstrapPorts ports, NamedParts named)
{
    public async Task<IReadOnlyList<AccountPart>> RunAsync(CancellationToken cancellationToken)
    {
        var parts = new List<AccountPart>
        {
            await LookAsync(PartKind.Repository, settings.Repository, async () => await ports.Repositories.FindAsync(settings.Repository, cancellationToken) is not null),
        };
        foreach (var (region, name) in named.LogGroups)
            parts.Add(await LookAsync(PartKind.LogGroup, name, () => ports.HasLogGroup(region, name, cancellationToken)));
        parts.AddRange(await LookForServiceAsync(cancellationToken));
        if (named.Family is { } family)
            parts.Add(await LookAsync(PartKind.Family, family, async () => await ports.Deployer.FindTaskDefinitionAsync(family, cancellationToken) is not null));

        // IAM speaks another protocol, and a pipeline has no business in it.
        if (named.ExecutionRole is { } execution) parts.Add(new AccountPart(PartKind.ExecutionRole, execution, Presence.Unknown, "IAM is not asked"));
        if (named.TaskRole is { } task) parts.Add(new AccountPart(PartKind.TaskRole, task, Presence.Unknown, "IAM is not asked"));
        return [.. parts.OrderBy(part => part.Kind)];
    }

    /// <summary>ECS tells a missing cluster from a missing service.</summary>
    private async Task<IReadOnlyList<AccountPart>> LookForServiceAsync(CancellationToken cancellationToken)
    {
        var cluster = new AccountPart(PartKind.Cluster, ResourceName.Of(settings.Cluster), Presence.Present);
        try
        {
            var service = await LookAsync(
                PartKind.Service, settings.Service,
                async () => await ports.Deployer.FindServiceAsync(settings.Cluster, settings.Service, cancellationToken) is { Status: not "INACTIVE" });
            return [service.Presence == Presence.Unknown ? cluster with { Presence = Presence.Unknown, Why = service.Why } : cluster, service];
        }
        catch (SlipwayException failure) when (failure.InnerException is AmazonServiceException { ErrorCode: "ClusterNotFoundException" })
        {
            return [cluster with { Presence = Presence.Missing }, new AccountPart(PartKind.Service, settings.Service, Presence.Missing)];
        }
    }

    private static async Task<AccountPart> LookAsync(PartKind kind, string name, Func<Task<bool>> ask)
    {
        try
        {
            return new AccountPart(kind, name, await ask() ? Presence.Present : Presence.Missing);
        }
        catch (TransientServiceException failure)
        {
            throw failure.ToFailure();
        }
        catch (SlipwayException failure) when (failure.InnerException is AmazonServiceException && Denial.Of(failure) is not null)
        {
            return new AccountPart(kind, name, Presence.Unknown, failure.Message);
        }
    }
}
