using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Tests.Aws.Contract;

/// <summary>moto's server, where it is present.</summary>
public sealed partial class MotoContractTests : ContractTests
{
    private MotoServer? moto;

    /// <summary>Of moto 5.2.1.</summary>
    protected override IReadOnlyDictionary<string, string> Differences { get; } = new Dictionary<string, string>
    {
        // Its digest is that of nothing at all.
        ["ecr:BatchGetImage: by tag"] = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ["ecr:BatchGetImage: by digest"] = "none",
        ["ecr:GetAuthorizationToken: a login"] = "AWS, with password: True, ends later: False",
        ["ecr:BatchCheckLayerAvailability: the right to ask"] = "PreconditionFailed: failed to try right 'ecr:BatchCheckLayerAvailability': status 500",
        ["ecs:RegisterTaskDefinition: without containers"] = "arn:aws:ecs:us-east-1:123456789012:task-definition/empty:1",
        ["ecs:ListTaskDefinitions: newest first, and no other family's"] = "listed:1, listed:2",
        // The deployment stays the old one, and so does what it runs: a trap for who looks at the service's counts alone.
        ["ecs:UpdateService: another revision, and the count stays"] = "updated:1 under a new id: False, desired 0",
        ["ecs:UpdateService: with a count"] = "desired 1, running 1",
        // Its tasks have numbers where AWS has text.
        ["ecs:RunTask: a task"] = "again: failed to run task of 'once:1': the answer could not be read",
        ["ecs:ListTasks: of a family"] = "again: failed to run task of 'family:1': the answer could not be read",
        ["ecs:DescribeTasks: a task"] = "again: failed to run task of 'shown:1': the answer could not be read",
        ["ecs:StopTask: a task"] = "again: failed to run task of 'ended:1': the answer could not be read",
        // It looks at no token.
        ["sts:AssumeRoleWithWebIdentity: a token for somebody else"] = "assumed-role/deploy/slipway-42-1, ends later: True",
        ["sts:AssumeRoleWithWebIdentity: no token at all"] = "assumed-role/deploy/slipway-42-1, ends later: True",
        // It has neither service deployments nor service revisions, and answers with its own failure.
        ["ecs:ListServiceDeployments: of a new service"] = "again: failed to list service deployments of 'modern': status 500",
        ["ecs:DescribeServiceDeployments: by ARN"] = "again: failed to list service deployments of 'modern-described': status 500",
        ["ecs:DescribeServiceRevisions: of a service deployment"] = "again: failed to list service deployments of 'revised': status 500",
        ["ecs:StopServiceDeployment: one that is not there"] = "again: failed to stop service deployment 'ARN': status 500",
    };

    private protected override async Task<(Uri Endpoint, TaskPlacement Placement)> OpenAsync()
    {
        moto = await MotoServer.StartAsync();
        return (moto.Endpoint, new TaskPlacement
        {
            LaunchType = "FARGATE",
            Subnets = [Subnet().Match(await SendAsync("ec2", "Action=DescribeSubnets&Version=2016-11-15")).Value],
            SecurityGroups = [Group().Match(await SendAsync("ec2", "Action=DescribeSecurityGroups&Version=2016-11-15")).Value],
        });
    }

    private protected override Task CloseAsync()
    {
        moto?.Dispose();
        return Task.CompletedTask;
    }

    private protected override Task PutImageAsync(ContractAccount seeded) => SendAsync(
        "ecr",
        new JsonObject { ["repositoryName"] = ContractAccount.Repository, ["imageTag"] = ContractAccount.Tag, ["imageManifest"] = ContractAccount.Manifest }.ToJsonString(),
        "AmazonEC2ContainerRegistry_V20150921.PutImage");

    /// <summary>What the product's clients have no operation for. moto reads the service from the credential, and no signature.</summary>
    private async Task<string> SendAsync(string service, string body, string? target = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, moto!.Endpoint);
        request.Content = new StringContent(body);
        request.Content.Headers.ContentType = new(target is null ? "application/x-www-form-urlencoded" : "application/x-amz-json-1.1");
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0");
        if (target is not null) request.Headers.Add("X-Amz-Target", target);
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException(text);
    }

    [GeneratedRegex("subnet-[0-9a-f]+")]
    private static partial Regex Subnet();

    [GeneratedRegex("sg-[0-9a-f]+")]
    private static partial Regex Group();
}
