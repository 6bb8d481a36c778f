using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Slipway.Deployment.Services;
using static Slipway.Deployment.Tests.Aws.Contract.ContractAccount;

namespace Slipway.Deployment.Tests.Aws.Contract;

/// <summary>One case at least for every operation that the pipeline calls.</summary>
internal static class ContractCases
{
    private static readonly CancellationToken None = CancellationToken.None;

    public static IReadOnlyList<ContractCase> All { get; } =
    [
        Case("sts:GetCallerIdentity", "the account", "123456789012", async account => (await account.Identity.GetAsync(None)).AccountId),

        Case("ecr:DescribeRepositories", "a repository", "parrots, immutable tags: True", async account =>
        {
            var found = await account.Registry.GetRepositoryAsync(Repository, None);
            return $"{found.Uri.Split('/')[^1]}, immutable tags: {found.ImmutableTags}";
        }),
        Case("ecr:DescribeRepositories", "no such repository", "PreconditionFailed: failed to describe repository 'nowhere': RepositoryNotFoundException",
            async account => (await account.Registry.GetRepositoryAsync("nowhere", None)).Uri),
        Case("ecr:BatchGetImage", "by tag", ManifestDigest, async account => await account.Registry.FindDigestAsync(Repository, Tag, None) ?? "none"),
        Case("ecr:BatchGetImage", "by digest", ManifestDigest, async account => await account.Registry.FindDigestAsync(Repository, ManifestDigest, None) ?? "none"),
        Case("ecr:BatchGetImage", "no such tag", "none", async account => await account.Registry.FindDigestAsync(Repository, "v0", None) ?? "none"),
        Case("ecr:GetAuthorizationToken", "a login", "AWS, with password: True, ends later: True", async account =>
        {
            var login = await account.Registry.LoginAsync(None);
            return $"{login.UserName}, with password: {login.Password.Length > 0}, ends later: {login.ExpiresAt > TimeProvider.System.GetUtcNow()}";
        }),

        Case("ecr:CreateRepository", "a new one", "nest, immutable: True, scanned: True, AES256, lifecycle: none", async account =>
        {
            var tags = new Dictionary<string, string> { ["team"] = "ml" };
            var made = await account.Repositories.CreateAsync("nest", new(true, true, "AES256", null), tags, None);
            return await WordsAsync(account, made!.Name);
        }),
        Case("ecr:CreateRepository", "one that is there", "stays as it is", async account =>
            (await account.Repositories.CreateAsync(Repository, new(false, false, "AES256", null), new Dictionary<string, string>(), None))?.Name ?? "stays as it is"),
        Case("ecr:PutLifecyclePolicy", "read back", "egg, immutable: False, scanned: False, AES256, lifecycle: 1 rule", async account =>
        {
            await account.Repositories.CreateAsync("egg", new(false, false, "AES256", null), new Dictionary<string, string>(), None);
            await account.Repositories.SetLifecycleAsync(
                "egg",
                """
                {"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":9},"action":{"type":"expire"}}]}
                """,
                None);
            return await WordsAsync(account, "egg");
        }),
        Case("ecr:GetLifecyclePolicy", "none", "parrots, immutable: True, scanned: False, AES256, lifecycle: none", account => WordsAsync(account, Repository)),

        Case("ecs:RegisterTaskDefinition", "twice", "register:1, register:2", async account =>
            $"{ResourceName.Of(await account.RegisterAsync("register"))}, {ResourceName.Of(await account.RegisterAsync("register"))}"),
        Case("ecs:RegisterTaskDefinition", "without containers", "InvalidInput: failed to register task definition 'empty': ClientException", async account =>
            await account.Deployer.RegisterTaskDefinitionAsync("empty", Encoding.UTF8.GetBytes("""{"family":"empty","containerDefinitions":[]}"""), None)),
        Case("ecs:DescribeTaskDefinition", "the newest of a family", "described:2", async account =>
        {
            await account.RegisterAsync("described");
            await account.RegisterAsync("described");
            return ResourceName.Of((await account.Deployer.FindTaskDefinitionAsync("described", None))!.Arn);
        }),
        Case("ecs:DescribeTaskDefinition", "no such family", "none", async account =>
            (await account.Deployer.FindTaskDefinitionAsync("nobody", None))?.Arn ?? "none"),
        Case("ecs:ListTaskDefinitions", "newest first, and no other family's", "listed:2, listed:1", async account =>
        {
            await account.RegisterAsync("listed");
            await account.RegisterAsync("listed");
            await account.RegisterAsync("listed-other");
            return await ListAsync(account, "listed");
        }),
        Case("ecs:DeregisterTaskDefinition", "the older one", "left:2", async account =>
        {
            var old = await account.RegisterAsync("left");
            await account.RegisterAsync("left");
            await account.Definitions.DeregisterAsync(old, None);
            return await ListAsync(account, "left");
        }),

        Case("ecs:DescribeServices", "a service without tasks", "ACTIVE on asleep:1 by ECS: 0 of 0 run, deployments: asleep:1", async account =>
        {
            await account.CreateServiceAsync("asleep");
            return Words((await account.Deployer.FindServiceAsync(Cluster, "asleep", None))!);
        }),
        Case("ecs:DescribeServices", "no such service", "none", async account => (await account.Deployer.FindServiceAsync(Cluster, "nobody", None))?.Name ?? "none"),
        Case("ecs:DescribeServices", "no such cluster", "PreconditionFailed: failed to describe service 'asleep': ClusterNotFoundException",
            async account => (await account.Deployer.FindServiceAsync("nowhere", "asleep", None))?.Name ?? "none"),
        Case("ecs:UpdateService", "another revision, and the count stays", "updated:2 under a new id: True, desired 0", async account =>
        {
            await account.CreateServiceAsync("updated");
            var before = await account.Deployer.FindServiceAsync(Cluster, "updated", None);
            var after = await account.UpdateAsync("updated", await account.RegisterAsync("updated"));
            return $"{ResourceName.Of(after.Primary!.TaskDefinitionArn)} under a new id: {after.Primary.Id != before!.Primary!.Id}, desired {after.DesiredCount}";
        }),
        Case("ecs:UpdateService", "with a count", "desired 1, running 0", async account =>
        {
            var arn = await account.CreateServiceAsync("counted");
            var after = await account.UpdateAsync("counted", arn, 1);
            await account.UpdateAsync("counted", arn, 0);
            return $"desired {after.DesiredCount}, running {after.RunningCount}";
        }),
        Case("ecs:UpdateService", "no such service", "PreconditionFailed: failed to update service 'nobody': ServiceNotFoundException", async account =>
            (await account.UpdateAsync("nobody", await account.RegisterAsync("nobodys"))).Name),

        Case("ecs:ListServiceDeployments", "of a new service", "1", async account =>
        {
            await account.CreateServiceAsync("modern");
            return (await account.Deployer.ListServiceDeploymentsAsync(Cluster, "modern", null, None))?.Count.ToString(CultureInfo.InvariantCulture) ?? "not offered";
        }),
        Case("ecs:DescribeServiceDeployments", "by ARN", "found with its target", async account =>
        {
            await account.CreateServiceAsync("modern-described");
            var listed = await account.Deployer.ListServiceDeploymentsAsync(Cluster, "modern-described", null, None);
            var arn = listed?[0].Arn ?? "arn:aws:ecs:us-east-1:123456789012:service-deployment/parrots/modern-described/1";
            var found = await account.Deployer.FindServiceDeploymentAsync(arn, None);
            return found is null ? "not offered" : found.Target is null ? "found" : "found with its target";
        }),
        Case("ecs:DescribeServiceRevisions", "of a service deployment", "revised:1", async account =>
        {
            await account.CreateServiceAsync("revised");
            var listed = await account.Deployer.ListServiceDeploymentsAsync(Cluster, "revised", null, None);
            var described = listed is null ? null : await account.Deployer.FindServiceDeploymentAsync(listed[0].Arn, None);
            var arn = described?.Target?.Arn ?? "arn:aws:ecs:us-east-1:123456789012:service-revision/parrots/revised/1";
            return ResourceName.Of((await account.Deployer.FindServiceRevisionsAsync([arn], None))[0].TaskDefinitionArn);
        }),
        Case("ecs:StopServiceDeployment", "one that is not there", "PreconditionFailed: failed to stop service deployment 'ARN': ServiceDeploymentNotFoundException",
            async account =>
            {
                await account.Deployer.StopServiceDeploymentAsync(
                    "arn:aws:ecs:us-east-1:123456789012:service-deployment/parrots/modern/0123456789abcdefghijk", rollback: true, None);
                return "stopped";
            }),

        Case("ecs:ListTasks", "of a service without tasks", "0", async account =>
        {
            await account.CreateServiceAsync("empty-service");
            return (await account.Deployer.ListTasksAsync(Cluster, "empty-service", None)).Count.ToString(CultureInfo.InvariantCulture);
        }),
        Case("ecs:ListTasks", "of a family", "1", async account =>
        {
            await account.RunAsync(await account.RegisterAsync("family"));
            return (await account.Runner.ListAsync(Cluster, "family", None)).Count.ToString(CultureInfo.InvariantCulture);
        }),
        Case("ecs:RunTask", "a task", "once:1, PROVISIONING, started by slipway/contract", async account =>
        {
            var task = await account.RunAsync(await account.RegisterAsync("once"));
            return $"{ResourceName.Of(task.TaskDefinitionArn!)}, {task.LastStatus}, started by {task.StartedBy}";
        }),
        Case("ecs:DescribeTasks", "a task", "found", async account =>
        {
            var task = await account.RunAsync(await account.RegisterAsync("shown"));
            return await account.Runner.FindAsync(Cluster, task.Arn, None) is { } found && found.Arn == task.Arn ? "found" : "none";
        }),
        Case("ecs:DescribeTasks", "no such task", "none", async account =>
            (await account.Runner.FindAsync(Cluster, "arn:aws:ecs:us-east-1:123456789012:task/parrots/00000000000000000000000000000000", None))?.Arn ?? "none"),
        Case("ecs:StopTask", "a task", "STOPPED", async account =>
        {
            var task = await account.RunAsync(await account.RegisterAsync("ended"));
            await account.Runner.StopAsync(Cluster, task.Arn, "The case is over.", None);
            return (await account.Runner.FindAsync(Cluster, task.Arn, None))!.DesiredStatus ?? "none";
        }),

        Case("logs:GetLogEvents", "the newest lines", "one|zwei ä", async account =>
            string.Join('|', (await account.Logs.TailAsync(new LogStreamName(null, LogGroup, "ecs/parrot/1"), 10, None)).Lines.Select(line => line.Text))),
        Case("logs:GetLogEvents", "the newest line only", "zwei ä", async account =>
            string.Join('|', (await account.Logs.TailAsync(new LogStreamName(null, LogGroup, "ecs/parrot/1"), 1, None)).Lines.Select(line => line.Text))),
        Case("logs:GetLogEvents", "no such stream", "0 lines, nowhere to go on", async account =>
        {
            var page = await account.Logs.TailAsync(new LogStreamName(null, LogGroup, "ecs/parrot/2"), 10, None);
            return $"{page.Lines.Count} lines, {(page.NextToken is null ? "nowhere" : "somewhere")} to go on";
        }),
        .. RoleCases.All,
        .. SurroundingCases.All,
    ];

    private static ContractCase Case(string permission, string name, string expected, Func<ContractAccount, Task<string>> ask) =>
        new(permission, name, expected, account => ask((ContractAccount)account));

    private static async Task<string> ListAsync(ContractAccount account, string family) =>
        string.Join(", ", (await account.Definitions.ListActiveAsync(family, None)).Select(ResourceName.Of));

    private static async Task<string> WordsAsync(ContractAccount account, string repository)
    {
        var found = await account.Repositories.ReadSettingsAsync(repository, None);
        var rules = found.Lifecycle is { } text ? JsonNode.Parse(text)!["rules"]!.AsArray().Count : 0;
        var lifecycle = rules == 0 ? "none" : rules == 1 ? "1 rule" : "more";
        return $"{repository}, immutable: {found.ImmutableTags}, scanned: {found.ScanOnPush}, {found.Encryption}, lifecycle: {lifecycle}";
    }

    private static string Words(ServiceState service) => FormattableString.Invariant(
        $"{service.Status} on {ResourceName.Of(service.TaskDefinitionArn)} by {service.Controller}: {service.RunningCount} of {service.DesiredCount} run, ")
        + $"deployments: {string.Join(", ", service.Deployments.Select(one => ResourceName.Of(one.TaskDefinitionArn)))}";
}
