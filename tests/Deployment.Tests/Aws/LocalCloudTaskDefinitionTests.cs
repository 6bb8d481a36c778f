using System.Text;
using System.Text.Json.Nodes;
using Slipway.Deployment.Aws;
using Slipway.Deployment.Tests.Support;
using Slipway.Deployment.Tests.TaskDefinitions;
using Slipway.LocalCloud.Hosting;

namespace Slipway.Deployment.Tests.Aws;

/// <summary>The document that uses every member of the request, at the embedded cloud.</summary>
public sealed class LocalCloudTaskDefinitionTests
{
    [Test]
    public async Task It_comes_back_with_every_member_as_it_was_registered()
    {
        using var folder = new TemporaryFolder();
        await using var cloud = await CloudHost.StartAsync(new LocalCloudOptions(0, 0, folder.Path, "process"));
        using var connection = new AwsConnection("us-east-1", new Uri(cloud.Ports.Endpoint));
        var ecs = new EcsServiceDeployer(connection, TimeProvider.System);

        var arn = await ecs.RegisterTaskDefinitionAsync(FullTaskDefinition.Family, Encoding.UTF8.GetBytes(FullTaskDefinition.Text), CancellationToken.None);
        var answered = await ecs.FindTaskDefinitionAsync(arn, CancellationToken.None);

        var lost = FullTaskDefinition.FindLost(JsonNode.Parse(FullTaskDefinition.Text), JsonNode.Parse(answered!.Json));
        Assert.That(lost, Is.Empty);
    }
}
