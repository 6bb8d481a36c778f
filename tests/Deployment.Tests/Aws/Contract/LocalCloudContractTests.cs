using System.Net.Http.Headers;
using System.Text;
using Slipway.Deployment.Services;
using Slipway.Deployment.Tests.Support;
using Slipway.LocalCloud.Hosting;

namespace Slipway.Deployment.Tests.Aws.Contract;

/// <summary>The embedded cloud.</summary>
public sealed class LocalCloudContractTests : ContractTests
{
    private readonly TemporaryFolder folder = new();
    private CloudHost cloud = null!;

    /// <summary>It has neither EC2 nor SSM.</summary>
    protected override IReadOnlyDictionary<string, string> Differences { get; } = new Dictionary<string, string>
    {
        ["ssm:DescribeParameters: one that is not there"] = "PreconditionFailed: failed to describe parameters '/nowhere': UnknownOperationException",
        ["ec2:DescribeRegions: a region"] = "PreconditionFailed: failed to describe region 'us-east-1': SignatureDoesNotMatch",
        ["ec2:DescribeSubnets: one of two"] = "PreconditionFailed: failed to describe subnets 'subnet-1': SignatureDoesNotMatch",
        ["ec2:DescribeSecurityGroups: one of two"] = "PreconditionFailed: failed to describe security groups 'sg-1': SignatureDoesNotMatch",
        ["ec2:DescribeRouteTables: of no VPC"] = "PreconditionFailed: failed to describe route tables of 'vpc-00000000000000000': SignatureDoesNotMatch",
        ["ec2:DescribeVpcEndpoints: of no VPC"] = "PreconditionFailed: failed to describe VPC endpoints of 'vpc-00000000000000000': SignatureDoesNotMatch",
    };

    private protected override async Task<(Uri Endpoint, TaskPlacement Placement)> OpenAsync()
    {
        cloud = await CloudHost.StartAsync(new LocalCloudOptions(0, 0, folder.Path, "process"));
        return (new Uri(cloud.Ports.Endpoint), new TaskPlacement { LaunchType = "FARGATE", Subnets = ["subnet-1"], SecurityGroups = ["sg-1"] });
    }

    private protected override async Task CloseAsync()
    {
        await cloud.DisposeAsync();
        folder.Dispose();
    }

    private protected override async Task PutImageAsync(ContractAccount seeded)
    {
        var login = await seeded.Registry.LoginAsync(CancellationToken.None);
        using var http = new HttpClient { BaseAddress = new Uri(login.Endpoint) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.UserName}:{login.Password}")));
        var config = ContractAccount.ConfigBytes.ToArray();
        using var blob = new ByteArrayContent(config);
        using var begun = await http.PostAsync(new Uri($"/v2/{ContractAccount.Repository}/blobs/uploads/?digest={Digests.Of(config)}", UriKind.Relative), blob);
        Assert.That((int)begun.StatusCode, Is.EqualTo(201));
        using var manifest = new StringContent(ContractAccount.Manifest, Encoding.UTF8, "application/vnd.docker.distribution.manifest.v2+json");
        manifest.Headers.ContentType!.CharSet = null;
        using var put = await http.PutAsync(new Uri($"/v2/{ContractAccount.Repository}/manifests/{ContractAccount.Tag}", UriKind.Relative), manifest);
        Assert.That((int)put.StatusCode, Is.EqualTo(201), await put.Content.ReadAsStringAsync());
    }
}
