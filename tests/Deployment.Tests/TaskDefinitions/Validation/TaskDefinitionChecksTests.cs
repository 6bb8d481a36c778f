using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions.Validation;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.TaskDefinitions.Validation;

public sealed class TaskDefinitionChecksTests
{
    private static readonly (string Name, Action<JObject> Change, string Path, string Words)[] Cases =
    [
        ("placeholder", root => root["executionRoleArn"] = "arn:aws:iam::REPLACE_ME:role/x", "executionRoleArn", "REPLACE_ME"),
        ("placeholder in a name", root => root["replace_me"] = 1, "replace_me", "REPLACE_ME"),
        ("placeholder in an image", root => Container(root)["image"] = "REPLACE_ME", "containerDefinitions[0].image", "REPLACE_ME"),
        ("no family", root => root.Remove("family"), "", "'family' is missing"),
        ("odd family", root => root["family"] = "a b", "family", "letters, digits"),
        ("family of another type", root => root["family"] = 5, "family", "letters, digits"),
        ("no containers", root => root["containerDefinitions"] = new JArray(), "containerDefinitions", "at least one container"),
        ("containers of another type", root => root["containerDefinitions"] = "x", "containerDefinitions", "at least one container"),
        ("no name", root => Container(root).Remove("name"), "containerDefinitions[0]", "has no name"),
        ("image with a scheme", root => Container(root)["image"] = "https://a/b", "containerDefinitions[0].image", "without \"https://\""),
        ("image in capitals", root => Container(root)["image"] = "Repo:1", "containerDefinitions[0].image", "image URI"),
        ("no execution role", root => root.Remove("executionRoleArn"), "", "'executionRoleArn' is missing"),
        ("role name", root => root["executionRoleArn"] = "ecsTaskExecutionRole", "executionRoleArn", "no role's ARN"),
        ("role of another account", root => root["executionRoleArn"] = "arn:aws:iam::210987654321:role/x", "executionRoleArn", "belongs to account 210987654321"),
        ("task role of another account", root => root["taskRoleArn"] = "arn:aws:iam::210987654321:role/x", "taskRoleArn", "belongs to account"),
        ("bridge network", root => root["networkMode"] = "bridge", "networkMode", "awsvpc"),
        ("cpu as a number", root => root["cpu"] = 256, "cpu", "no cpu of a task"),
        ("no cpu", root => root.Remove("cpu"), "", "'cpu' is missing"),
        ("a pair that Fargate lacks", root => root["memory"] = "4096", "memory", "512, 1024 or 2048"),
        ("a cpu that Fargate lacks", root => root["cpu"] = "300", "cpu", "does not offer"),
        ("port zero", root => Port(root)["containerPort"] = 0, "containerDefinitions[0].portMappings[0].containerPort", "from 1 to 65535"),
        ("port as a string", root => Port(root)["containerPort"] = "8000", "containerDefinitions[0].portMappings[0].containerPort", "a number from 1 to 65535"),
        ("another host port", root => Port(root)["hostPort"] = 80, "containerDefinitions[0].portMappings[0].hostPort", "the containerPort, 8000"),
        ("logs elsewhere", root => Options(root)["awslogs-region"] = "eu-west-1", "containerDefinitions[0].logConfiguration.options.awslogs-region", "Found \"eu-west-1\""),
        ("no stream prefix", root => Options(root).Remove("awslogs-stream-prefix"), "containerDefinitions[0].logConfiguration.options", "awslogs-stream-prefix"),
        ("no log options", root => ((JObject)Container(root)["logConfiguration"]!).Remove("options"), "containerDefinitions[0].logConfiguration", "awslogs-group"),
    ];

    private static IEnumerable<TestCaseData> Table => Cases.Select(item => new TestCaseData(item.Change, item.Path, item.Words).SetArgDisplayNames(item.Name));

    [Test]
    public void The_shipped_task_definition_has_no_findings() =>
        Assert.That(TaskDefinitionChecks.Check(TestDocuments.Read(TestDocuments.Shipped), TestDocuments.Context), Is.Empty);

    [TestCaseSource(nameof(Table))]
    public void Each_mistake_is_an_error_at_its_place(Action<JObject> change, string path, string words)
    {
        var findings = TaskDefinitionChecks.Check(TestDocuments.With(change), TestDocuments.Context);

        var found = findings.Where(finding => finding.JsonPath == path && finding.Message.Contains(words, StringComparison.Ordinal)).ToList();
        Assert.That(found, Has.Count.GreaterThanOrEqualTo(1), string.Join('\n', findings));
        Assert.That(found[0].Severity, Is.EqualTo(FindingSeverity.Error));
        Assert.That(found[0].Line, Is.Not.Null);
    }

    [TestCase("portMappings")]
    [TestCase("logConfiguration")]
    public void What_is_only_unwise_is_a_warning(string member)
    {
        var findings = TaskDefinitionChecks.Check(TestDocuments.With(root => Container(root).Remove(member)), TestDocuments.Context);

        Assert.That(findings, Has.Count.EqualTo(1));
        Assert.That(findings[0].Severity, Is.EqualTo(FindingSeverity.Warning));
    }

    [Test]
    public void The_deployed_container_needs_no_image_of_its_own() =>
        Assert.That(TaskDefinitionChecks.Check(TestDocuments.With(root => Container(root).Remove("image")), TestDocuments.Context), Is.Empty);

    [TestCase("0.25 vCPU", "0.5 GB")]
    [TestCase(".25 vcpu", "1GB")]
    [TestCase("1024", "2048")]
    [TestCase("16 vCPU", "120 GB")]
    [TestCase("64 vCPU", "500 GB")]
    public void Every_notation_of_a_size_is_taken(string cpu, string memory)
    {
        var findings = TaskDefinitionChecks.Check(
            TestDocuments.With(root =>
            {
                root["cpu"] = cpu;
                root["memory"] = memory;
            }),
            TestDocuments.Context);

        Assert.That(findings, Is.Empty);
    }

    [TestCase("123456789012.dkr.ecr.us-east-1.amazonaws.com/a/b:1")]
    [TestCase("127.0.0.1:4570/a@" + TestDocuments.Digest)]
    [TestCase("public.ecr.aws/docker/library/nginx:1.27@" + TestDocuments.Digest)]
    [TestCase("nginx")]
    [TestCase("localhost:5000/a__b-c.d")]
    public void An_image_uri_of_any_registry_is_taken(string image) =>
        Assert.That(TaskDefinitionChecks.Check(TestDocuments.With(root => Container(root)["image"] = image), TestDocuments.Context), Is.Empty);

    [Test]
    public void An_answer_of_the_service_is_recognised()
    {
        var findings = TaskDefinitionChecks.Check(TestDocuments.Read($$"""{ "taskDefinition": {{TestDocuments.Shipped}} }"""), TestDocuments.Context);

        Assert.That(findings.Single().Message, Does.Contain("describe-task-definition"));
    }

    [Test]
    public void All_problems_are_told_at_once_in_the_order_of_the_text()
    {
        var document = TestDocuments.With(root =>
        {
            root["cpu"] = 256;
            root["executionRoleArn"] = "x";
            Options(root)["awslogs-region"] = "eu-west-1";
        });
        var report = new RecordingReport();

        var refusal = Assert.Throws<SlipwayException>(
            () => Findings.Apply(document.File, TaskDefinitionChecks.Check(document, TestDocuments.Context), report));

        Assert.That(refusal!.ExitCode, Is.EqualTo(ExitCode.InvalidInput));
        Assert.That(refusal.Message, Does.StartWith("The task definition 'task.json' has 3 problems:\n  task.json:7:"));
        Assert.That(refusal.Message.Split('\n'), Has.Length.EqualTo(4));
    }

    [Test]
    public void Which_container_is_asked_where_several_could_be_meant()
    {
        var document = TestDocuments.With(root =>
        {
            root["family"] = "other";
            ((JArray)root["containerDefinitions"]!).Add(JObject.Parse("""{ "name": "b", "image": "b:1", "logConfiguration": {} }"""));
        });

        var findings = TaskDefinitionChecks.Check(document, TestDocuments.Context);

        Assert.That(findings.Single(finding => finding.Severity == FindingSeverity.Error).Message, Does.Contain("'stream-ml-service', 'b'").And.Contain("--container"));
    }

    private static JObject Container(JObject root) => (JObject)root["containerDefinitions"]![0]!;

    private static JObject Port(JObject root) => (JObject)Container(root)["portMappings"]![0]!;

    private static JObject Options(JObject root) => (JObject)Container(root)["logConfiguration"]!["options"]!;
}
