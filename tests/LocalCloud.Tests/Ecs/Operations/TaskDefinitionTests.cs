using System.Text.Json.Nodes;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Ecs.Operations;

internal sealed class TaskDefinitionTests : CloudFixture
{
    [Test]
    public async Task The_shipped_definition_comes_back_with_every_member()
    {
        var sent = JsonNode.Parse(await File.ReadAllTextAsync(Repository.File("infra", "ecs-task-def.json")))!.AsObject();
        sent["family"] = Unique("shipped");
        var answer = (await Signed.OkAsync("ecs", "RegisterTaskDefinition", sent))["taskDefinition"]!.AsObject();
        AssertHolds(answer, sent, "");
        Assert.That((string?)answer["taskDefinitionArn"], Is.EqualTo($"arn:aws:ecs:us-east-1:123456789012:task-definition/{sent["family"]}:1"));
        Assert.That((int)answer["revision"]!, Is.EqualTo(1));
        Assert.That((string?)answer["status"], Is.EqualTo("ACTIVE"));
        Assert.That(answer["compatibilities"]!.ToJsonString(), Is.EqualTo("""["EC2","FARGATE"]"""));
    }

    [Test]
    public async Task Revisions_count_up_by_family_and_are_found_by_every_name()
    {
        var family = Unique("family");
        for (var i = 0; i < 3; i++) await RegisterAsync(family);
        var arn = $"arn:aws:ecs:us-east-1:123456789012:task-definition/{family}:3";
        foreach (var name in (string[])[family, $"{family}:3", arn])
            Assert.That((string?)(await DescribeAsync(name))["taskDefinition"]!["taskDefinitionArn"], Is.EqualTo(arn), name);

        await Signed.OkAsync("ecs", "DeregisterTaskDefinition", new JsonObject { ["taskDefinition"] = arn });
        Assert.That((int)(await DescribeAsync(family))["taskDefinition"]!["revision"]!, Is.EqualTo(2));
        Assert.That((string?)(await DescribeAsync(arn))["taskDefinition"]!["status"], Is.EqualTo("INACTIVE"));
        Assert.That((int)(await RegisterAsync(family))["taskDefinition"]!["revision"]!, Is.EqualTo(4), "a number is never given twice");

        var active = await Signed.OkAsync("ecs", "ListTaskDefinitions", new JsonObject { ["familyPrefix"] = family, ["sort"] = "DESC" });
        Assert.That(active["taskDefinitionArns"]!.AsArray().Select(item => ((string)item!).Split(':')[^1]), Is.EqualTo(new[] { "4", "2", "1" }));
    }

    [Test]
    public async Task Lists_come_in_pages()
    {
        var family = Unique("pages");
        for (var i = 0; i < 5; i++) await RegisterAsync(family);
        var seen = new List<string>();
        string? token = null;
        do
        {
            var page = await Signed.OkAsync("ecs", "ListTaskDefinitions", new JsonObject { ["familyPrefix"] = family, ["maxResults"] = 2, ["nextToken"] = token });
            seen.AddRange(page["taskDefinitionArns"]!.AsArray().Select(item => (string)item!));
            token = (string?)page["nextToken"];
        }
        while (token is not null);
        Assert.That(seen, Has.Count.EqualTo(5).And.Unique);
    }

    [Test]
    public async Task Tags_are_kept_beside_the_definition()
    {
        var family = Unique("tags");
        var input = Document(family);
        input["tags"] = new JsonArray(new JsonObject { ["key"] = "commit", ["value"] = "abc" });
        var arn = (string)(await Signed.OkAsync("ecs", "RegisterTaskDefinition", input))["taskDefinition"]!["taskDefinitionArn"]!;
        Assert.That((await DescribeAsync(arn)).ContainsKey("tags"), Is.False);
        var described = await Signed.OkAsync("ecs", "DescribeTaskDefinition", new JsonObject { ["taskDefinition"] = arn, ["include"] = new JsonArray("TAGS") });
        Assert.That(described["tags"]!.ToJsonString(), Is.EqualTo("""[{"key":"commit","value":"abc"}]"""));
        Assert.That(described["taskDefinition"]!.AsObject().ContainsKey("tags"), Is.False);

        await Signed.OkAsync("ecs", "TagResource", new JsonObject
        {
            ["resourceArn"] = arn,
            ["tags"] = new JsonArray(new JsonObject { ["key"] = "commit", ["value"] = "def" }, new JsonObject { ["key"] = "by", ["value"] = "me" }),
        });
        var listed = await Signed.OkAsync("ecs", "ListTagsForResource", new JsonObject { ["resourceArn"] = arn });
        Assert.That(listed["tags"]!.ToJsonString(), Is.EqualTo("""[{"key":"commit","value":"def"},{"key":"by","value":"me"}]"""));
    }

    [TestCase("cpu", "999", "No Fargate configuration exists for given values: 999 CPU, 512 memory.")]
    [TestCase("memory", "513", "No Fargate configuration exists for given values: 256 CPU, 513 memory.")]
    [TestCase("cpu", null, "Fargate requires that 'cpu' be defined at the task level.")]
    [TestCase("networkMode", "bridge", "Fargate only supports network mode 'awsvpc'.")]
    [TestCase("family", "not a name", "Family contains invalid characters.")]
    [TestCase("executionRoleArn", null, "Fargate requires task definition to have execution role ARN to support log driver awslogs.")]
    public async Task What_Fargate_cannot_run_is_refused_in_its_words(string member, string? value, string message)
    {
        var input = Document(Unique("bad"));
        input[member] = value;
        if (value is null) input.Remove(member);
        await RefusedAsync("RegisterTaskDefinition", input, "ClientException", message);
    }

    [Test]
    public async Task Containers_are_checked()
    {
        var noImage = Document(Unique("bad"));
        noImage["containerDefinitions"]![0]!["image"] = "";
        await RefusedAsync("RegisterTaskDefinition", noImage, "ClientException", "Container.image should not be null or empty.");
        var twice = Document(Unique("bad"));
        twice["containerDefinitions"]!.AsArray().Add(twice["containerDefinitions"]![0]!.DeepClone());
        await RefusedAsync("RegisterTaskDefinition", twice, "ClientException", "Duplicate container name found: app.");
        var ports = Document(Unique("bad"));
        ports["containerDefinitions"]![0]!["portMappings"] = new JsonArray(new JsonObject { ["containerPort"] = 80, ["hostPort"] = 8080 });
        await RefusedAsync("RegisterTaskDefinition", ports, "ClientException", "When networkMode=awsvpc, the host ports and container ports in port mappings must match.");
    }

    [TestCase("interval", 4, "'interval' must be between 5 and 300.")]
    [TestCase("interval", -1, "'interval' must be between 5 and 300.")]
    [TestCase("timeout", 61, "'timeout' must be between 2 and 60.")]
    [TestCase("retries", 0, "'retries' must be between 1 and 10.")]
    [TestCase("startPeriod", 301, "'startPeriod' must be between 0 and 300.")]
    public async Task A_health_check_outside_of_what_ECS_takes_is_refused(string member, int value, string message)
    {
        var input = WithHealthCheck("CMD");
        input["containerDefinitions"]![0]!["healthCheck"]![member] = value;
        await RefusedAsync("RegisterTaskDefinition", input, "ClientException", $"Invalid 'healthCheck' setting for container: {message}");
    }

    [Test]
    public async Task A_health_check_of_another_kind_is_refused()
    {
        await RefusedAsync("RegisterTaskDefinition", WithHealthCheck("curl"), "ClientException",
            "Invalid 'healthCheck' setting for container: the command must start with CMD or CMD-SHELL.");
        foreach (var kind in (string[])["CMD", "CMD-SHELL"]) await Signed.OkAsync("ecs", "RegisterTaskDefinition", WithHealthCheck(kind));
    }

    [TestCase(1)]
    [TestCase(-1)]
    [TestCase(121)]
    public async Task A_stop_timeout_that_Fargate_does_not_take_is_refused(int seconds)
    {
        var input = Document(Unique("bad"));
        input["containerDefinitions"]![0]!["stopTimeout"] = seconds;
        await RefusedAsync("RegisterTaskDefinition", input, "ClientException", "Fargate requires 'stopTimeout' to be between 2 and 120 seconds.");
    }

    [TestCase("never-registered")]
    [TestCase("stream-ml-service:999")]
    [TestCase("stream-ml-service:x")]
    [TestCase("")]
    [TestCase("arn:aws:ecs:us-east-1:123456789012:task-definition/")]
    public async Task What_is_not_registered_is_refused(string name) =>
        await RefusedAsync("DescribeTaskDefinition", new JsonObject { ["taskDefinition"] = name }, "ClientException", "Unable to describe task definition.");

    private async Task RefusedAsync(string operation, JsonObject input, string code, string message)
    {
        var answer = await Signed.CallAsync("ecs", operation, input);
        Assert.That((answer.Status, answer.Code), Is.EqualTo((400, code)), answer.Text);
        Assert.That(answer.Message, Does.StartWith(message));
    }

    private Task<JsonObject> RegisterAsync(string family) => Signed.OkAsync("ecs", "RegisterTaskDefinition", Document(family));

    private Task<JsonObject> DescribeAsync(string name) => Signed.OkAsync("ecs", "DescribeTaskDefinition", new JsonObject { ["taskDefinition"] = name });

    private static JsonObject WithHealthCheck(string kind)
    {
        var input = Document(Unique("checked"));
        input["containerDefinitions"]![0]!["healthCheck"] = new JsonObject { ["command"] = new JsonArray(kind, "true") };
        return input;
    }

    private static JsonObject Document(string family) => JsonNode.Parse($$"""
        {
          "family": "{{family}}", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512",
          "executionRoleArn": "arn:aws:iam::123456789012:role/ecsTaskExecutionRole",
          "containerDefinitions": [{ "name": "app", "image": "image:1",
            "logConfiguration": { "logDriver": "awslogs", "options": { "awslogs-group": "/ecs/app" } } }]
        }
        """)!.AsObject();

    /// <summary>Whatever was sent is in the answer; the answer may say more.</summary>
    private static void AssertHolds(JsonNode? answer, JsonNode? sent, string path)
    {
        if (sent is JsonObject members) foreach (var (name, value) in members) AssertHolds(answer?[name], value, $"{path}/{name}");
        else if (sent is JsonArray items) for (var i = 0; i < items.Count; i++) AssertHolds(answer?[i], items[i], $"{path}/{i}");
        else Assert.That(answer?.ToJsonString(), Is.EqualTo(sent?.ToJsonString()), path);
    }
}
