using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions;
using Slipway.Deployment.TaskDefinitions.Validation;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.TaskDefinitions.Validation;

/// <summary>What is right, and what findings say beyond the words of their rules.</summary>
public sealed class TaskDefinitionChecksTests
{
    [TestCase("linux/amd64")]
    [TestCase("linux/amd64,linux/arm64")]
    public void The_shipped_task_definition_has_no_findings(string platform) =>
        Assert.That(
            TaskDefinitionChecks.Check(TestDocuments.Read(TestDocuments.Shipped), TestDocuments.Context with { ContainerPort = 8000, Platform = platform }),
            Is.Empty);

    [Test]
    public void The_deployed_container_needs_no_image_of_its_own() =>
        Assert.That(Findings(root => Container(root).Remove("image")), Is.Empty);

    [TestCase("0.25 vCPU", "0.5 GB")]
    [TestCase(".25 vcpu", "1GB")]
    [TestCase("1024", "2048")]
    [TestCase("8192", "61440")]
    [TestCase("16 vCPU", "120 GB")]
    [TestCase("64 vCPU", "500 GB")]
    public void Every_notation_of_a_size_is_taken(string cpu, string memory) => Assert.That(
        Findings(root =>
        {
            root["cpu"] = cpu;
            root["memory"] = memory;
        }),
        Is.Empty);

    [TestCase("123456789012.dkr.ecr.us-east-1.amazonaws.com/a/b:1")]
    [TestCase("123456789012.dkr.ecr-fips.us-east-1.amazonaws.com/a:1")]
    [TestCase("123456789012.dkr-ecr.us-east-1.on.aws/a:1")]
    [TestCase("127.0.0.1:4570/a@" + TestDocuments.Digest)]
    [TestCase("public.ecr.aws/docker/library/nginx:1.27@" + TestDocuments.Digest)]
    [TestCase("nginx")]
    [TestCase("localhost:5000/a__b-c.d")]
    [TestCase("210987654321.dkr.example.com/a:1")]
    public void An_image_uri_of_any_registry_is_taken(string image) => Assert.That(Findings(root => Container(root)["image"] = image), Is.Empty);

    [TestCase("cn-north-1", "aws-cn", "amazonaws.com.cn")]
    [TestCase("us-gov-west-1", "aws-us-gov", "amazonaws.com")]
    [TestCase("us-iso-east-1", "aws-iso", "c2s.ic.gov")]
    [TestCase("us-isob-east-1", "aws-iso-b", "sc2s.sgov.gov")]
    [TestCase("eusc-de-east-1", "aws-eusc", "amazonaws.eu")]
    public void Every_partition_is_known(string region, string partition, string domain)
    {
        var document = TestDocuments.With(root =>
        {
            root["executionRoleArn"] = $"arn:{partition}:iam::123456789012:role/service/path/name";
            Container(root)["image"] = $"123456789012.dkr.ecr.{region}.{domain}/a:1";
            Container(root)["secrets"] = JToken.Parse($$"""[{ "name": "A", "valueFrom": "arn:{{partition}}:secretsmanager:{{region}}:123456789012:secret:a-AbCdEf:key::" }]""");
            Container(root)["logConfiguration"]!["options"]!["awslogs-region"] = region;
        });

        Assert.That(TaskDefinitionChecks.Check(document, TestDocuments.Context with { Region = region }), Is.Empty);
        Assert.That(
            TaskDefinitionChecks.Check(document, TestDocuments.Context with { Region = "eu-west-1" }).Select(finding => finding.Rule.Id),
            Is.EquivalentTo(new[] { "arn-partition", "image-region", "arn-partition", "log-region" }));
    }

    [TestCase("arn:aws:secretsmanager:us-east-1:123456789012:secret:a/b-AbCdEf")]
    [TestCase("arn:aws:secretsmanager:us-east-1:123456789012:secret:a-AbCdEf:key:AWSCURRENT:")]
    [TestCase("arn:aws:ssm:us-east-1:123456789012:parameter/a/b.c")]
    [TestCase("/a/b")]
    [TestCase("a")]
    public void Every_form_of_a_secret_is_taken(string source) => Assert.That(
        Findings(root => Container(root)["secrets"] = new JArray(new JObject { ["name"] = "A", ["valueFrom"] = source })), Is.Empty);

    [Test]
    public void What_may_be_a_secret_is_never_shown()
    {
        var findings = Findings(root =>
        {
            Container(root)["environment"] = JToken.Parse("""[{ "name": "A", "value": 31337 }, { "name": "B", "value": "REPLACE_ME hunter2" }, "hunter2"]""");
            Container(root)["secrets"] = JToken.Parse("""[{ "name": "C", "valueFrom": "hunter2!" }]""");
            Container(root)["dockerLabels"] = JToken.Parse("""{ "password": "REPLACE_ME hunter2" }""");
            Container(root)["command"] = JToken.Parse("""["https://me:hunter2@host/REPLACE_ME"]""");
        });

        Assert.That(findings, Has.Count.EqualTo(6));
        Assert.That(string.Join('\n', findings), Does.Not.Contain("hunter2").And.Not.Contain("31337").And.Contain("a hidden value"));
    }

    [Test]
    public void A_value_that_a_setting_wrote_is_told_with_the_setting()
    {
        var document = TestDocuments.Read(TestDocuments.Shipped);
        var value = new JValue("300");
        value.AddAnnotation(new SettingOrigin("--cpu"));
        document.Root["cpu"] = value;

        Assert.That(TaskDefinitionChecks.Check(document, TestDocuments.Context).Single().ToString(), Does.StartWith("--cpu: cpu: Fargate does not offer this size."));
    }

    [Test]
    public void All_problems_are_told_at_once_in_the_order_of_the_text()
    {
        var document = TestDocuments.With(root =>
        {
            root["cpu"] = 256;
            root["executionRoleArn"] = "x";
            Container(root)["logConfiguration"]!["options"]!["awslogs-region"] = "eu-west-1";
        });

        var refusal = Assert.Throws<SlipwayException>(
            () => Slipway.Deployment.TaskDefinitions.Validation.Findings.Apply(document.File, TaskDefinitionChecks.Check(document, TestDocuments.Context), new RecordingReport()));

        Assert.That(refusal!.ExitCode, Is.EqualTo(ExitCode.InvalidInput));
        Assert.That(refusal.Message, Does.StartWith("The task definition 'task.json' has 3 problems:\n  task.json:7:"));
        Assert.That(refusal.Message.Split('\n'), Has.Length.EqualTo(4));
    }

    private static IReadOnlyList<Finding> Findings(Action<JObject> change) => TaskDefinitionChecks.Check(TestDocuments.With(change), TestDocuments.Context);

    private static JObject Container(JObject root) => (JObject)root["containerDefinitions"]![0]!;
}
