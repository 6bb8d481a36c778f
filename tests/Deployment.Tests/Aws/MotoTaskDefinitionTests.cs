using System.Text;
using System.Text.Json.Nodes;
using Slipway.Deployment.Aws;
using Slipway.Deployment.Tests.TaskDefinitions;

namespace Slipway.Deployment.Tests.Aws;

/// <summary>The document that uses every member of the request, at an endpoint that others wrote.</summary>
public sealed class MotoTaskDefinitionTests
{
    /// <summary>What moto 5.2.1 does not keep. The test fails as well where a later one keeps it.</summary>
    private static readonly string[] NotKept = ["enableFaultInjection"];

    [Test]
    public async Task It_comes_back_with_every_member_that_moto_knows()
    {
        using var moto = await MotoServer.StartAsync();
        using var connection = new AwsConnection("us-east-1", moto.Endpoint);
        var ecs = new EcsServiceDeployer(connection, TimeProvider.System);

        var arn = await ecs.RegisterTaskDefinitionAsync(FullTaskDefinition.Family, Encoding.UTF8.GetBytes(FullTaskDefinition.Text), CancellationToken.None);
        var answered = await ecs.FindTaskDefinitionAsync(arn, CancellationToken.None);

        var lost = FullTaskDefinition.FindLost(JsonNode.Parse(FullTaskDefinition.Text), JsonNode.Parse(answered!.Json));
        Assert.That(lost, Is.EquivalentTo(NotKept));
    }
}
