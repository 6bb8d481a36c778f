using System.Text;
using System.Text.Json;
using Amazon.CloudWatchLogs.Model;
using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.JsonProtocol;
using EcrTag = Amazon.ECR.Model.Tag;
using EcsPair = Amazon.ECS.Model.KeyValuePair;

namespace AWSSDK.Tests.Json;

internal sealed class AwsJsonTests
{
    [Test]
    public void Names_start_with_a_small_letter_and_are_otherwise_untouched() =>
        Assert.That(Json(new EcsPair { Name = "PORT", Value = "8000" }), Is.EqualTo("""{"name":"PORT","value":"8000"}"""));

    [Test]
    public void Names_that_the_model_capitalises_stay_capitalised()
    {
        Assert.That(Json(new EcrTag { Key = "team", Value = "ml" }), Is.EqualTo("""{"Key":"team","Value":"ml"}"""));
        Assert.That(Read<EcrTag>("""{"Key":"team","Value":"ml"}""")!.Key, Is.EqualTo("team"));
    }

    [Test]
    public void What_is_null_is_absent_and_an_empty_list_that_was_set_is_sent()
    {
        Assert.That(Json(new ContainerDefinition { Name = "web" }), Is.EqualTo("""{"name":"web"}"""));
        Assert.That(Json(new ContainerDefinition { Command = [] }), Is.EqualTo("""{"command":[]}"""));
    }

    [Test]
    public void Zero_and_false_are_values() =>
        Assert.That(
            Json(new UpdateServiceRequest { DesiredCount = 0, ForceNewDeployment = false }),
            Is.EqualTo("""{"desiredCount":0,"forceNewDeployment":false}"""));

    [Test]
    public void Keys_of_maps_keep_their_case()
    {
        var options = new LogConfiguration { LogDriver = LogDriver.Awslogs, Options = new() { ["awslogs-Group"] = "A", ["MODE"] = "b" } };
        Assert.That(Json(options), Is.EqualTo("""{"logDriver":"awslogs","options":{"awslogs-Group":"A","MODE":"b"}}"""));
    }

    [Test]
    public void Text_is_not_escaped_beyond_what_json_asks() =>
        Assert.That(Json(new Secret { Name = "a<b>&'ü\"\n" }), Is.EqualTo("""{"name":"a<b>&'ü\"\n"}"""));

    [Test]
    public void An_enumeration_keeps_a_value_of_tomorrow()
    {
        var service = Read<Service>("""{"launchType":"ORBITAL","status":"ACTIVE"}""")!;
        Assert.That(service.LaunchType.Value, Is.EqualTo("ORBITAL"));
        Assert.That(Json(service), Is.EqualTo("""{"launchType":"ORBITAL","status":"ACTIVE"}"""));
        Assert.That(Read<Service>("""{"launchType":"FARGATE"}""")!.LaunchType, Is.EqualTo(LaunchType.FARGATE));
    }

    [TestCase("1700000000", "2023-11-14T22:13:20.0000000Z")]
    [TestCase("1700000000.123", "2023-11-14T22:13:20.1230000Z")]
    [TestCase("1.700000000123E9", "2023-11-14T22:13:20.1230000Z")]
    [TestCase("\"2023-11-14T23:13:20+01:00\"", "2023-11-14T22:13:20.0000000Z")]
    [TestCase("\"2023-11-14T22:13:20Z\"", "2023-11-14T22:13:20.0000000Z")]
    [TestCase("-1", "1969-12-31T23:59:59.0000000Z")]
    public void Times_are_read_as_utc(string json, string expected)
    {
        var time = Read<ServiceEvent>($$"""{"createdAt":{{json}}}""")!.CreatedAt!.Value;
        Assert.That(time.ToString("O"), Is.EqualTo(expected));
        Assert.That(time.Kind, Is.EqualTo(DateTimeKind.Utc));
    }

    [TestCase("1e40")]
    [TestCase("-1e12")]
    [TestCase("true")]
    [TestCase("\"soon\"")]
    public void A_time_that_is_none_is_refused(string json) =>
        Assert.That(() => Read<ServiceEvent>($$"""{"createdAt":{{json}}}"""), Throws.InstanceOf<JsonException>().Or.InstanceOf<FormatException>());

    [Test]
    public void Times_are_written_as_seconds_whatever_their_kind()
    {
        var utc = new DateTime(2023, 11, 14, 22, 13, 20, 250, DateTimeKind.Utc);
        Assert.That(Json(new ServiceEvent { CreatedAt = utc }), Is.EqualTo("""{"createdAt":1700000000.25}"""));
        Assert.That(Json(new ServiceEvent { CreatedAt = utc.ToLocalTime() }), Is.EqualTo("""{"createdAt":1700000000.25}"""));
    }

    [Test]
    public void Log_times_are_milliseconds_on_the_wire()
    {
        var time = DateTime.UnixEpoch.AddMilliseconds(1_700_000_000_123);
        Assert.That(Json(new InputLogEvent { Timestamp = time, Message = "x" }), Is.EqualTo("""{"message":"x","timestamp":1700000000123}"""));
        Assert.That(Read<OutputLogEvent>("""{"ingestionTime":1700000000123}""")!.IngestionTime, Is.EqualTo(time));
        Assert.That(Read<FilteredLogEvent>("""{"timestamp":1700000000123}""")!.Timestamp, Is.EqualTo(1_700_000_000_123));
    }

    [Test]
    public void The_sdks_own_members_are_not_part_of_the_json()
    {
        Assert.That(Json(new DescribeClustersResponse { HttpStatusCode = System.Net.HttpStatusCode.OK, ContentLength = 5 }), Is.EqualTo("{}"));
        Assert.That(Read<DescribeClustersResponse>("""{"contentLength":7}""")!.ContentLength, Is.Zero);
    }

    [Test]
    public void An_idempotency_token_is_made_where_none_is_set_and_the_request_stays_as_it_was()
    {
        var request = new RunTaskRequest { TaskDefinition = "web" };
        var first = JsonDocument.Parse(Json(request)).RootElement.GetProperty("clientToken").GetString();
        var second = JsonDocument.Parse(Json(request)).RootElement.GetProperty("clientToken").GetString();
        Assert.That(Guid.TryParse(first, out _), Is.True);
        Assert.That(second, Is.Not.EqualTo(first));
        Assert.That(request.ClientToken, Is.Null);
        Assert.That(Json(new RunTaskRequest { ClientToken = "mine" }), Is.EqualTo("""{"clientToken":"mine"}"""));
    }

    [Test]
    public void A_member_of_any_shape_makes_the_round_trip()
    {
        const string Text = """{"hookDetails":{"list":[1,2.5,"x",true,null],"map":{"Key":"v"}}}""";
        Assert.That(Json(Read<DeploymentLifecycleHook>(Text)!), Is.EqualTo(Text));
        Assert.That(Json(new DeploymentLifecycleHook()), Is.EqualTo("{}"));
    }

    [Test]
    public void An_unknown_member_is_ignored_unless_the_reading_is_strict()
    {
        const string Text = """{"name":"web","portMapings":[]}""";
        Assert.That(Read<ContainerDefinition>(Text)!.Name, Is.EqualTo("web"));
        var error = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ContainerDefinition>(Text, AwsJson.Strict));
        Assert.That(error.Message, Does.Contain("portMapings"));
    }

    [Test]
    public void An_empty_body_is_nothing() => Assert.That(Read<DescribeClustersResponse>(""), Is.Null);

    private static string Json(object value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, AwsJson.WriterOptions)) AwsJson.Write(writer, value);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static T? Read<T>(string text) where T : class => AwsJson.Read<T>(new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
