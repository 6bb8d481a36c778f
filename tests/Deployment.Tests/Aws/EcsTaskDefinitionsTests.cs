using System.Text.Json.Nodes;
using Slipway.Deployment.Aws;

namespace Slipway.Deployment.Tests.Aws;

public sealed class EcsTaskDefinitionsTests : AwsStubFixture
{
    private EcsTaskDefinitions Ecs => new(Connection, TimeProvider.System);

    [Test]
    public async Task Active_revisions_are_listed_page_by_page_newest_first()
    {
        Stub.On("ListTaskDefinitions", body => (200, body.Contains("\"next\"", StringComparison.Ordinal)
            ? """{ "taskDefinitionArns": ["web:1"] }"""
            : """{ "taskDefinitionArns": ["web:3", "web:2"], "nextToken": "next" }"""));

        Assert.That(await Ecs.ListActiveAsync("web", CancellationToken.None), Is.EqualTo(new[] { "web:3", "web:2", "web:1" }));
        var sent = JsonNode.Parse(Stub.BodyOf("ListTaskDefinitions"))!;
        Assert.That(((string)sent["familyPrefix"]!, (string)sent["status"]!, (string)sent["sort"]!), Is.EqualTo(("web", "ACTIVE", "DESC")));
    }

    [Test]
    public async Task A_revision_is_deregistered_by_its_arn()
    {
        Stub.On("DeregisterTaskDefinition", "{}");

        await Ecs.DeregisterAsync("arn:web:1", CancellationToken.None);

        Assert.That(Stub.BodyOf("DeregisterTaskDefinition"), Is.EqualTo("""{"taskDefinition":"arn:web:1"}"""));
    }
}
