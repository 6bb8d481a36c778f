using System.Text.Json.Nodes;
using Slipway.Deployment.Aws;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Tests.Aws;

public sealed class CloudWatchLogReaderTests : AwsStubFixture
{
    private CloudWatchLogReader Logs => new(Connection, TimeProvider.System);

    [Test]
    public async Task Log_lines_come_oldest_first_with_the_token_to_go_on_with()
    {
        Stub.On("GetLogEvents", """
            { "events": [{ "timestamp": 1769000000123, "message": "one" }, { "timestamp": 1769000000124, "message": "two" }], "nextForwardToken": "f/1", "nextBackwardToken": "b/1" }
            """);

        var page = await Logs.TailAsync(new LogStreamName(null, "/ecs/web", "ecs/web/1"), 30, CancellationToken.None);

        Assert.That(page.Lines.Select(line => line.Text), Is.EqualTo(new[] { "one", "two" }));
        Assert.That(page.Lines[0].At, Is.EqualTo(DateTimeOffset.FromUnixTimeMilliseconds(1769000000123)));
        Assert.That(page.NextToken, Is.EqualTo("f/1"));
    }

    [Test]
    public async Task Empty_pages_before_the_newest_lines_are_turned()
    {
        Stub.On("GetLogEvents", body => (200, JsonNode.Parse(body)!["nextToken"]?.GetValue<string>() == "b/1"
            ? """{ "events": [{ "timestamp": 1, "message": "late" }], "nextForwardToken": "f/0", "nextBackwardToken": "b/2" }"""
            : """{ "events": [], "nextForwardToken": "f/1", "nextBackwardToken": "b/1" }"""));

        var page = await Logs.TailAsync(new LogStreamName(null, "/ecs/web", "ecs/web/1"), 30, CancellationToken.None);

        Assert.That(page.Lines.Single().Text, Is.EqualTo("late"));
        Assert.That(page.NextToken, Is.EqualTo("f/1"));
    }

    [Test]
    public async Task A_stream_that_does_not_exist_yet_is_empty()
    {
        Stub.OnError("GetLogEvents", "ResourceNotFoundException", "The specified log stream does not exist.");

        var page = await Logs.TailAsync(new LogStreamName(null, "/ecs/web", "ecs/web/1"), 30, CancellationToken.None);

        Assert.That((page.Lines.Count, page.NextToken), Is.EqualTo((0, (string?)null)));
    }
}
