using System.Globalization;
using Slipway.Deployment.Preflight.Network;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Preflight.Checks;

/// <summary>Whether the service's subnets are there and have room for the tasks that a deployment starts at once.</summary>
internal sealed class SubnetsCheck(DeploymentSettings settings, CloudFacts facts) : ICheck
{
    // What ECS does where a service does not say.
    private const int DefaultMaximumPercent = 200;

    public string Name => "subnets";

    public async Task<CheckNode> RunAsync(CancellationToken cancellationToken)
    {
        var answer = await facts.Subnets.AskAsync(cancellationToken);
        if (!answer.HasValue) return answer.Explain(Name, isNeeded: false);
        var service = facts.Service.Known!;
        var subnets = answer.Value!;
        var nodes = service.Placement.Subnets.Select(id => subnets.FirstOrDefault(subnet => subnet.Id == id) is { } subnet
            ? CheckNode.Ok(id, FormattableString.Invariant($"is in {subnet.Zone} and has {subnet.FreeAddresses} free addresses"))
            : CheckNode.Ng(
                id, $"Subnet '{id}' of the service's network configuration does not exist in region {settings.Region}.",
                "correct the network configuration of the service")).ToList();
        var desired = settings.DesiredCount ?? service.DesiredCount;
        var most = (int)((long)desired * (service.MaximumPercent ?? DefaultMaximumPercent) / 100);
        var started = Math.Max(0, most - service.RunningCount);
        nodes.Add(Room(started, subnets));
        return CheckNode.Group(Name, nodes);
    }

    private static CheckNode Room(int started, IReadOnlyList<SubnetState> subnets)
    {
        var free = subnets.Sum(subnet => (long)subnet.FreeAddresses);
        var tasks = started == 1 ? "1 task" : $"{started.ToString(CultureInfo.InvariantCulture)} tasks";
        return free >= started
            ? CheckNode.Ok("room", $"a deployment starts up to {tasks} at once, each with an address of its own")
            : CheckNode.Ng(
                "room", FormattableString.Invariant($"A deployment starts up to {tasks} at once, and the subnets have {free} free addresses."),
                "free some, give the service more subnets, or lower its maximumPercent");
    }
}
