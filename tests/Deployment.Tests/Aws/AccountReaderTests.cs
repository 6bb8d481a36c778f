using Slipway.Deployment.Aws;

namespace Slipway.Deployment.Tests.Aws;

[TestFixture]
public sealed class AccountReaderTests : AwsStubFixture
{
    private AccountReader Reader => new(Connection, TimeProvider.System);

    [Test]
    public async Task A_cluster_is_found_with_its_status_and_one_that_is_missing_is_none()
    {
        Stub.On("DescribeClusters", """{ "clusters": [{ "clusterArn": "arn:aws:ecs:us-east-1:1:cluster/parrot", "status": "INACTIVE" }], "failures": [] }""");
        var found = await Reader.FindClusterAsync("parrot", CancellationToken.None);
        Stub.On("DescribeClusters", """{ "clusters": [], "failures": [{ "arn": "arn:aws:ecs:us-east-1:1:cluster/parrot", "reason": "MISSING" }] }""");
        var missing = await Reader.FindClusterAsync("parrot", CancellationToken.None);

        Assert.That((found!.Arn, found.Status), Is.EqualTo(("arn:aws:ecs:us-east-1:1:cluster/parrot", "INACTIVE")));
        Assert.That(missing, Is.Null);
    }

    [Test]
    public async Task A_log_group_is_looked_for_by_its_whole_name_on_every_page()
    {
        Stub.On("DescribeLogGroups", body => body.Contains("page-2", StringComparison.Ordinal)
            ? (200, """{ "logGroups": [{ "logGroupName": "/ecs/web" }] }""")
            : (200, """{ "logGroups": [{ "logGroupName": "/ecs/web-admin" }], "nextToken": "page-2" }"""));

        Assert.That(await Reader.HasLogGroupAsync(null, "/ecs/web", CancellationToken.None), Is.True);
        Assert.That(await Reader.HasLogGroupAsync(null, "/ecs/w", CancellationToken.None), Is.False);
    }

    [Test]
    public async Task Parameters_are_asked_for_fifty_at_once_without_their_values()
    {
        Stub.On("DescribeParameters", body => body.Contains("\"p50\"", StringComparison.Ordinal)
            ? (200, """{ "Parameters": [] }""")
            : (200, $$"""{ "Parameters": [{{string.Join(", ", Enumerable.Range(0, 50).Select(i => $"{{ \"Name\": \"p{i}\" }}"))}}] }"""));

        var missing = await Reader.FindMissingParametersAsync([.. Enumerable.Range(0, 51).Select(i => $"p{i}")], CancellationToken.None);

        Assert.That(missing, Is.EqualTo(new[] { "p50" }));
        Assert.That(Stub.Operations, Is.EqualTo(new[] { "DescribeParameters", "DescribeParameters" }));
    }
}
