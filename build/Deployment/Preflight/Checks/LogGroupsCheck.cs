using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions;

namespace Slipway.Deployment.Preflight.Checks;

/// <summary>Whether the log groups of the containers are there, and whether a failed rollout could read them.</summary>
internal sealed class LogGroupsCheck(DeploymentSettings settings, CloudFacts facts, PreflightPorts ports) : ICheck
{
    // No task has this id.
    private const string NoStream = "slipway-verify";

    public string Name => "log groups";

    public async Task<CheckNode> RunAsync(CancellationToken cancellationToken)
    {
        var definition = await facts.Definition.AskAsync(cancellationToken);
        if (!definition.HasValue) return CheckNode.Skip(Name, "because the task definition is not known");
        var groups = LogGroup.Of(definition.Value!.Document).Distinct().ToList();
        if (groups.Count == 0) return CheckNode.Skip(Name, "no container writes to CloudWatch Logs");
        var nodes = await Task.WhenAll(groups.Select(group => LookAsync(group, cancellationToken)));
        return CheckNode.Group(Name, [.. nodes.SelectMany(node => node)]);
    }

    private async Task<IReadOnlyList<CheckNode>> LookAsync(LogGroup group, CancellationToken cancellationToken)
    {
        var there = await new Question<bool>(
            "logs:DescribeLogGroups", facts.Limit, token => ports.Account.HasLogGroupAsync(group.Region, group.Name, token), facts.WithoutCallerAsync)
            .AskAsync(cancellationToken);
        var node = !there.HasValue ? there.Explain(group.Name, isNeeded: false)
            : there.Value ? CheckNode.Ok(group.Name, "is there")
            : group.IsCreated ? CheckNode.Ok(group.Name, "is not there yet: the first task creates it (awslogs-create-group)")
            : CheckNode.Ng(
                group.Name, $"The log group '{group.Name}' does not exist in region {group.Region ?? settings.Region}: no task would start.",
                $"create it: aws logs create-log-group --log-group-name {group.Name} --region {group.Region ?? settings.Region}");
        if (there is not { HasValue: true, Value: true }) return [node];

        var read = await new Question<LogPage>(
            "logs:GetLogEvents", facts.Limit, token => ports.Logs.TailAsync(new LogStreamName(group.Region, group.Name, NoStream), 1, token))
            .AskAsync(cancellationToken);
        return read.HasValue ? [node] : [node, read.Explain($"reading {group.Name}", isNeeded: false) with
        {
            Remedy = "allow the caller logs:GetLogEvents: without it a failed rollout is told without the log's last lines",
        }];
    }
}
