using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Slipway.LocalCloud.Logs;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Logs;

internal sealed class LogsApiTests : CloudFixture
{
    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task<string> GroupAsync(params string[] streams)
    {
        var group = Unique("/test/group");
        await Signed.OkAsync("logs", "CreateLogGroup", new JsonObject { ["logGroupName"] = group });
        foreach (var stream in streams) await Signed.OkAsync("logs", "CreateLogStream", In(group, ("logStreamName", stream)));
        return group;
    }

    private static JsonObject In(string group, params (string Name, JsonNode Value)[] members)
    {
        var input = new JsonObject { ["logGroupName"] = group };
        foreach (var (name, value) in members) input[name] = value;
        return input;
    }

    private Task<JsonObject> PutAsync(string group, string stream, params (long Time, string Message)[] events) => Signed.OkAsync("logs", "PutLogEvents", In(
        group, ("logStreamName", stream), ("logEvents", new JsonArray([.. events.Select(item => (JsonNode)new JsonObject { ["timestamp"] = item.Time, ["message"] = item.Message })]))));

    private static IReadOnlyList<string> Messages(JsonObject answer) => [.. answer["events"]!.AsArray().Select(item => item!["message"]!.GetValue<string>())];

    [Test]
    public async Task The_seeded_group_is_there()
    {
        var answer = await Signed.OkAsync("logs", "DescribeLogGroups", new JsonObject { ["logGroupNamePrefix"] = "/ecs/" });
        Assert.That(answer["logGroups"]![0]!["arn"]!.GetValue<string>(), Is.EqualTo("arn:aws:logs:us-east-1:123456789012:log-group:/ecs/stream-ml-service:*"));
    }

    [Test]
    public async Task Events_are_read_forward_page_by_page_until_the_token_stays()
    {
        var group = await GroupAsync("s");
        var now = Now;
        await PutAsync(group, "s", [.. Enumerable.Range(0, 5).Select(i => (now + (i / 2), $"m{i}"))]);
        var input = In(group, ("logStreamName", "s"), ("startFromHead", true), ("limit", 2));
        var all = new List<string>();
        string? token = null;
        while (true)
        {
            if (token is not null) input["nextToken"] = token;
            var page = await Signed.OkAsync("logs", "GetLogEvents", input);
            all.AddRange(Messages(page));
            var next = page["nextForwardToken"]!.GetValue<string>();
            if (next == token) break;
            token = next;
        }

        Assert.That(all, Is.EqualTo(new[] { "m0", "m1", "m2", "m3", "m4" }));
        await PutAsync(group, "s", (now + 9, "later"));
        Assert.That(Messages(await Signed.OkAsync("logs", "GetLogEvents", input)), Is.EqualTo(new[] { "later" }));
    }

    [Test]
    public async Task Events_are_read_from_the_end_and_backward()
    {
        var group = await GroupAsync("s");
        var now = Now;
        await PutAsync(group, "s", [.. Enumerable.Range(0, 5).Select(i => (now + i, $"m{i}"))]);
        var last = await Signed.OkAsync("logs", "GetLogEvents", In(group, ("logStreamName", "s"), ("limit", 2)));
        var before = await Signed.OkAsync("logs", "GetLogEvents", In(group, ("logStreamName", "s"), ("limit", 2), ("nextToken", last["nextBackwardToken"]!.DeepClone())));
        var again = await Signed.OkAsync("logs", "GetLogEvents", In(group, ("logStreamName", "s"), ("limit", 2), ("nextToken", before["nextForwardToken"]!.DeepClone())));
        Assert.That((Messages(last), Messages(before), Messages(again)), Is.EqualTo((new[] { "m3", "m4" }, new[] { "m1", "m2" }, new[] { "m3", "m4" })));
    }

    [Test]
    public async Task FilterLogEvents_takes_what_happened_at_the_end_time_and_GetLogEvents_does_not()
    {
        var group = await GroupAsync("s");
        var now = Now;
        await PutAsync(group, "s", (now, "before"), (now + 1, "at the end"), (now + 2, "after"));
        Assert.That(
            (Messages(await Signed.OkAsync("logs", "FilterLogEvents", In(group, ("endTime", now + 1)))),
                Messages(await Signed.OkAsync("logs", "GetLogEvents", In(group, ("logStreamName", "s"), ("endTime", now + 1))))),
            Is.EqualTo((new[] { "before", "at the end" }, new[] { "before" })));
    }

    [TestCase("x")]
    [TestCase("f/")]
    [TestCase("f/1")]
    [TestCase("g/1-1")]
    [TestCase("f/99999999999999999999999-1")]
    public async Task A_token_that_is_none_of_ours_is_refused(string token)
    {
        var group = await GroupAsync("s");
        Assert.That((await Signed.CallAsync("logs", "GetLogEvents", In(group, ("logStreamName", "s"), ("nextToken", token)))).Message, Is.EqualTo("The specified nextToken is invalid."));
        Assert.That((await Signed.CallAsync("logs", "FilterLogEvents", In(group, ("nextToken", token)))).Message, Is.EqualTo("The specified nextToken is invalid."));
    }

    [Test]
    public async Task Streams_are_filtered_together_in_order_of_time_and_in_pages()
    {
        var group = await GroupAsync("a/1", "a/2", "b/1");
        var now = Now;
        await PutAsync(group, "a/1", (now, "ERROR 1"), (now + 4, "fine"), (now + 5, "ERROR 5"));
        await PutAsync(group, "a/2", (now, "ERROR 2"), (now + 3, "ERROR 3"));
        await PutAsync(group, "b/1", (now + 1, "ERROR b"));

        var pages = new List<string>();
        var input = In(group, ("filterPattern", "ERROR"), ("limit", 2));
        do
        {
            var page = await Signed.OkAsync("logs", "FilterLogEvents", input);
            pages.Add(string.Join('|', Messages(page)));
            input["nextToken"] = page["nextToken"]?.DeepClone();
        }
        while (input["nextToken"] is not null);
        Assert.That(pages, Is.EqualTo(new[] { "ERROR 1|ERROR 2", "ERROR b|ERROR 3", "ERROR 5" }));

        Assert.That(Messages(await Signed.OkAsync("logs", "FilterLogEvents", In(group, ("logStreamNamePrefix", "b/")))), Is.EqualTo(new[] { "ERROR b" }));
        Assert.That(Messages(await Signed.OkAsync("logs", "FilterLogEvents", In(group, ("logStreamNames", new JsonArray("a/2"))))), Is.EqualTo(new[] { "ERROR 2", "ERROR 3" }));
        Assert.That(Messages(await Signed.OkAsync("logs", "FilterLogEvents", In(group, ("startTime", now + 1), ("endTime", now + 4)))), Is.EqualTo(new[] { "ERROR b", "ERROR 3", "fine" }));
    }

    [Test]
    public async Task Every_filtered_event_has_an_id_of_its_own()
    {
        var group = await GroupAsync("a", "b");
        var now = Now;
        await PutAsync(group, "a", (now, "x"), (now, "x"));
        await PutAsync(group, "b", (now, "x"));
        var ids = (await Signed.OkAsync("logs", "FilterLogEvents", In(group)))["events"]!.AsArray().Select(item => item!["eventId"]!.GetValue<string>()).ToList();
        Assert.That(ids, Is.Unique.And.Count.EqualTo(3));
    }

    [Test]
    public async Task What_is_too_old_or_too_new_is_left_out_and_told()
    {
        var group = await GroupAsync("s");
        var now = Now;
        const long Day = 24L * 60 * 60 * 1000;
        var answer = await PutAsync(group, "s", (now - (15 * Day), "old"), (now, "right"), (now + Day, "new"));
        Assert.That(answer["rejectedLogEventsInfo"]!.ToJsonString(), Is.EqualTo("""{"tooNewLogEventStartIndex":2,"tooOldLogEventEndIndex":1}"""));
        Assert.That(Messages(await Signed.OkAsync("logs", "FilterLogEvents", In(group))), Is.EqualTo(new[] { "right" }));
    }

    [Test]
    public async Task Events_out_of_order_are_refused()
    {
        var group = await GroupAsync("s");
        var events = new JsonArray(new JsonObject { ["timestamp"] = Now, ["message"] = "b" }, new JsonObject { ["timestamp"] = Now - 1000, ["message"] = "a" });
        var answer = await Signed.CallAsync("logs", "PutLogEvents", In(group, ("logStreamName", "s"), ("logEvents", events)));
        Assert.That((answer.Code, answer.Message), Is.EqualTo(("InvalidParameterException", "Log events in a single PutLogEvents request must be in chronological order.")));
    }

    [Test]
    public async Task A_batch_that_is_too_large_is_refused()
    {
        var group = await GroupAsync("s");
        var events = new JsonArray(new JsonObject { ["timestamp"] = Now, ["message"] = new string('x', 1024 * 1024) });
        Assert.That((await Signed.CallAsync("logs", "PutLogEvents", In(group, ("logStreamName", "s"), ("logEvents", events)))).Message, Does.StartWith("Upload too large"));
    }

    [Test]
    public async Task Retention_hides_what_is_older()
    {
        var group = await GroupAsync("s");
        await PutAsync(group, "s", (Now - (3 * 24L * 60 * 60 * 1000), "three days old"), (Now, "fresh"));
        Assert.That((await Signed.CallAsync("logs", "PutRetentionPolicy", In(group, ("retentionInDays", 2)))).Code, Is.EqualTo("InvalidParameterException"));
        await Signed.OkAsync("logs", "PutRetentionPolicy", In(group, ("retentionInDays", 1)));
        Assert.That(Messages(await Signed.OkAsync("logs", "FilterLogEvents", In(group))), Is.EqualTo(new[] { "fresh" }));
    }

    [TestCase("DescribeLogStreams", "The specified log group does not exist.")]
    [TestCase("FilterLogEvents", "The specified log group does not exist.")]
    [TestCase("DeleteLogGroup", "The specified log group does not exist.")]
    public async Task A_group_that_is_not_there_is_refused(string operation, string message)
    {
        var answer = await Signed.CallAsync("logs", operation, In("/none"));
        Assert.That((answer.Code, answer.Message), Is.EqualTo(("ResourceNotFoundException", message)));
    }

    [Test]
    public async Task Groups_and_streams_are_made_once_and_a_deleted_group_is_gone()
    {
        var group = await GroupAsync("s");
        Assert.That((await Signed.CallAsync("logs", "CreateLogGroup", In(group))).Code, Is.EqualTo("ResourceAlreadyExistsException"));
        Assert.That((await Signed.CallAsync("logs", "CreateLogStream", In(group, ("logStreamName", "s")))).Code, Is.EqualTo("ResourceAlreadyExistsException"));
        await PutAsync(group, "s", (Now, "gone"));
        await Signed.OkAsync("logs", "DeleteLogGroup", In(group));
        await Signed.OkAsync("logs", "CreateLogGroup", In(group));
        Assert.That((await Signed.OkAsync("logs", "DescribeLogStreams", In(group)))["logStreams"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task Streams_are_described_by_last_event()
    {
        var group = await GroupAsync("a", "b", "c");
        var now = Now;
        await PutAsync(group, "b", (now + 1000, "newest"));
        await PutAsync(group, "a", (now, "older"));
        var answer = await Signed.OkAsync("logs", "DescribeLogStreams", In(group, ("orderBy", "LastEventTime"), ("descending", true), ("limit", 2)));
        Assert.That(answer["logStreams"]!.AsArray().Select(item => item!["logStreamName"]!.GetValue<string>()), Is.EqualTo(new[] { "b", "a" }));
        Assert.That(answer["logStreams"]![0]!["lastEventTimestamp"]!.GetValue<long>(), Is.EqualTo(now + 1000));
        Assert.That(answer["nextToken"], Is.Not.Null);
    }

    [Test]
    public async Task What_a_container_writes_is_read_back_and_tailed()
    {
        var group = await GroupAsync();
        var sink = Cloud.Services.GetRequiredService<ILogSink>();
        sink.Append(group, "web/app/1", "first");
        sink.Append(group, "web/app/2", "second");
        sink.Append("/none", "web/app/1", "lost without a group, and without an error");
        Assert.That(Messages(await Signed.OkAsync("logs", "FilterLogEvents", In(group))), Is.EquivalentTo(new[] { "first", "second" }));
        Assert.That(Cloud.Services.GetRequiredService<ILogReader>().Tail(group, 1).Single().Message, Is.EqualTo("second").Or.EqualTo("first"));
    }

    [Test]
    public async Task The_aws_cli_filters_and_tails()
    {
        var group = await GroupAsync("s");
        await PutAsync(group, "s", (Now, "hello from the task"));
        var filtered = await Aws.CliAsync("logs", "filter-log-events", "--log-group-name", group, "--filter-pattern", "\"from the\"");
        Assert.That(filtered!["events"]![0]!["message"]!.GetValue<string>(), Is.EqualTo("hello from the task"));
        var got = await Aws.CliAsync("logs", "get-log-events", "--log-group-name", group, "--log-stream-name", "s", "--start-from-head");
        Assert.That(got!["events"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Boto3_pages_through_events()
    {
        var group = await GroupAsync("s");
        var now = Now;
        await PutAsync(group, "s", [.. Enumerable.Range(0, 25).Select(i => (now + i, $"m{i}"))]);
        var answer = await Aws.BotoAsync($$"""
            logs = boto3.client('logs')
            pages = logs.get_paginator('filter_log_events').paginate(logGroupName='{{group}}', PaginationConfig={'PageSize': 10})
            print(json.dumps([event['message'] for page in pages for event in page['events']]))
            """);
        Assert.That(answer.AsArray().Select(item => item!.GetValue<string>()), Is.EqualTo(Enumerable.Range(0, 25).Select(i => $"m{i}")));
    }
}
