using Amazon.ECS.Model;
using Slipway.Build.Output;
using Slipway.Deployment;
using Slipway.Deployment.Aws;
using Slipway.Deployment.Preflight;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;
using Slipway.Deployment.Tests.Preflight;
using Spectre.Console.Testing;
using Task = System.Threading.Tasks.Task;

namespace Slipway.Build.Tests.Documentation.Preflight;

/// <summary>What a deployment stands on and does not find: by Deploy's look beforehand, and by Verify, which looks at more.</summary>
internal sealed class PreflightSection : IPageSection
{
    private const string Arn = "arn:aws:ecs:us-east-1:123456789012";

    public string Title => "Before a rollout: what is missing";

    public string Introduction =>
        "`Deploy` looks at caller, registry login, repository and service before its first step, and tells everything that is wrong in one message: nothing\n"
        + "has been tested, built or changed then. [`Verify`](verify.md) looks at much more; a case below that shows a line with `NG` is one of its.";

    public async Task<IReadOnlyList<PageCase>> CasesAsync() =>
    [
        await DeployAsync("several-missing", "Everything that is wrong is told at once.", world =>
        {
            world.Service.State = null;
            world.Registry.Failure = Denied("ecr:GetAuthorizationToken", "because no permissions boundary allows the ecr:GetAuthorizationToken action");
        }),
        await DeployAsync("cluster-not-found", "There is no cluster of that name, or it is INACTIVE, in this account and region.", world =>
            world.Service.FailNextLooks(1, () => new AwsErrors("us-east-1", null).Translate(
                new AwsOperation("ecs:DescribeServices", "describe", "service", "stream-ml-service-1"),
                new ClusterNotFoundException("Cluster not found.") { ErrorCode = "ClusterNotFoundException" }))),
        await VerifyAsync("cluster-deleted", "ECS shows a deleted cluster for a while; it takes no services.", world =>
            world.Cluster = new ClusterState($"{Arn}:cluster/emotional-parrot", "INACTIVE")),
        await DeployAsync("service-not-found", "The name is wrong, or nobody has created the service: this program creates none.", world => world.Service.State = null),
        await VerifyAsync(
            "service-missing-family-there", "The service is missing and its task definition is there: account and region are right, the service's or the cluster's name is not.",
            world => world.Service.State = null),
        await VerifyAsync(
            "family-missing-service-there", "A revision that is named must exist. A file whose family does not exist is fine: the next deployment registers its first revision.",
            world => world.Settings = world.Settings with { TaskDefinition = new TaskDefinitionSource.Revision("stream-ml-servcie:7") }),
        await DeployAsync("service-inactive", "ECS shows a deleted service for a while.", world => world.Service.State = world.Service.State! with { Status = "INACTIVE" }),
        await DeployAsync("service-draining", "The service is being deleted.", world => world.Service.State = world.Service.State! with { Status = "DRAINING" }),
        await DeployAsync(
            "service-of-codedeploy", "CodeDeploy, or something else, deploys this service: an update by ECS would be refused.",
            world => world.Service.State = world.Service.State! with { Controller = "CODE_DEPLOY" }),
        await DeployAsync("repository-not-found", "There is no such repository in this account and region.", world =>
            world.Failures["Repository"] = new AwsErrors("us-east-1", null).Translate(
                new AwsOperation("ecr:DescribeRepositories", "describe", "repository", "stream-ml-servcie"),
                new Amazon.ECR.Model.RepositoryNotFoundException("The repository with name 'stream-ml-servcie' does not exist in the registry with id '123456789012'")
                {
                    ErrorCode = "RepositoryNotFoundException",
                })),
        await VerifyAsync("found-wrong-region", "What was found is in another region than the one that is set.", world =>
            world.Service.State = world.Service.State! with { Arn = "arn:aws:ecs:eu-west-1:123456789012:service/emotional-parrot/stream-ml-service-1" }),
        await VerifyAsync("log-group-not-found", "Nobody has created the log group: the first task would stop with `ResourceInitializationError`.", world => world.LogGroups.Clear()),
        await VerifyAsync("no-way-out", "Tasks in the subnet reach neither ECR nor CloudWatch Logs: the first one would stop with `CannotPullContainerError`.", world =>
            world.Service.State = world.Service.State! with { Placement = world.Service.State!.Placement with { AssignPublicIp = false } }),
    ];

    private static SlipwayException Denied(string right, string why) =>
        new(ExitCode.PreconditionFailed, $"AccessDeniedException {VerifiedWorld.Denied}{right} on resource: * {why}");

    private static async Task<PageCase> DeployAsync(string key, string explanation, Action<VerifiedWorld> change)
    {
        using var world = new VerifiedWorld();
        change(world);
        return await ToldEnding.CaseAsync(key, explanation, "Preflight", world.LookAsync);
    }

    private static async Task<PageCase> VerifyAsync(string key, string explanation, Action<VerifiedWorld> change)
    {
        using var world = new VerifiedWorld();
        change(world);
        var found = await world.VerifyAsync();
        using var console = new TestConsole().Width(ToldEnding.Width);
        new VerifyView(new ConsoleReport(console, live: true)).Show(found with { Groups = OnlyWrong(found.Groups), Findings = [] });
        var lines = console.Lines.Select(line => line.TrimEnd()).TakeWhile(line => line != "In short");
        return new PageCase(key, explanation, string.Join('\n', lines).Trim('\n'), found.ExitCode);
    }

    private static CheckNode[] OnlyWrong(IReadOnlyList<CheckNode> nodes) =>
        [.. nodes.Where(node => node.State == CheckState.Ng).Select(node => node with { Children = OnlyWrong(node.Children) })];
}
