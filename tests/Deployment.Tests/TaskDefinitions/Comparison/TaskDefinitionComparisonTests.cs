using Slipway.Deployment.TaskDefinitions.Comparison;

namespace Slipway.Deployment.Tests.TaskDefinitions.Comparison;

public sealed class TaskDefinitionComparisonTests
{
    [Test]
    public void What_ecs_answers_for_the_shipped_task_definition_is_the_same() =>
        Assert.That(Differences(TestDocuments.Golden("shipped.answered.json"), TestDocuments.Golden("shipped.rendered.json")), Is.Empty);

    [TestCase("""{ "cpu": "256" }""", """{ "cpu": "0.25 vCPU" }""")]
    [TestCase("""{ "memory": "1024" }""", """{ "memory": "1 GB" }""")]
    [TestCase("""{ "volumes": [] }""", "{}")]
    [TestCase("""{ "taskRoleArn": null }""", "{}")]
    [TestCase("""{ "x": 1.0 }""", """{ "x": 1 }""")]
    [TestCase("""{ "x": 1e3 }""", """{ "x": 1000 }""")]
    [TestCase("""{ "a": 1, "b": 2 }""", """{ "b": 2, "a": 1 }""")]
    [TestCase("""{ "runtimePlatform": { "cpuArchitecture": "X86_64", "operatingSystemFamily": "LINUX" } }""", "{}")]
    [TestCase("""{ "containerDefinitions": [{ "name": "a", "essential": true, "cpu": 0, "command": [], "environment": [] }] }""", """{ "containerDefinitions": [{ "name": "a" }] }""")]
    [TestCase("""{ "containerDefinitions": [{ "name": "a", "healthCheck": { "command": ["CMD", "x"], "interval": 30, "timeout": 5, "retries": 3 } }] }""",
        """{ "containerDefinitions": [{ "name": "a", "healthCheck": { "command": ["CMD", "x"] } }] }""")]
    [TestCase("""{ "volumes": [{ "name": "v", "host": {} }] }""", """{ "volumes": [{ "name": "v" }] }""")]
    [TestCase("""{ "placementConstraints": [{ "type": "memberOf", "expression": "a" }, { "type": "memberOf", "expression": "b" }] }""",
        """{ "placementConstraints": [{ "type": "memberOf", "expression": "b" }, { "type": "memberOf", "expression": "a" }] }""")]
    [TestCase("""{ "status": "ACTIVE", "revision": 7, "registeredAt": 1.5 }""", "{}")]
    [TestCase("""{ "tags": [{ "key": "aws:x", "value": "1" }] }""", "{}")]
    [TestCase("""{ "requiresCompatibilities": ["EC2", "FARGATE"] }""", """{ "requiresCompatibilities": ["FARGATE", "EC2"] }""")]
    [TestCase(
        """{ "containerDefinitions": [{ "name": "a", "environment": [{ "name": "X", "value": "1" }, { "name": "Y", "value": "2" }] }] }""",
        """{ "containerDefinitions": [{ "name": "a", "environment": [{ "value": "2", "name": "Y" }, { "name": "X", "value": "1" }] }] }""")]
    [TestCase(
        """{ "containerDefinitions": [{ "name": "a", "portMappings": [{ "containerPort": 80, "hostPort": 0, "protocol": "tcp" }] }] }""",
        """{ "containerDefinitions": [{ "name": "a", "portMappings": [{ "containerPort": 80 }] }] }""")]
    public void What_means_the_same_is_the_same(string one, string other)
    {
        Assert.That(Differences(one, other), Is.Empty);
        Assert.That(Differences(other, one), Is.Empty);
    }

    [TestCase("""{ "cpu": "256" }""", """{ "cpu": "512" }""", "cpu")]
    [TestCase("""{ "command": ["a", "b"] }""", """{ "command": ["b", "a"] }""", "command")]
    [TestCase("""{ "x": "1" }""", """{ "x": 1 }""", "x")]
    [TestCase("""{ "x": [1, 2] }""", """{ "x": [1] }""", "x")]
    [TestCase("""{ "x": {} }""", """{ "x": [1] }""", "x")]
    [TestCase("""{ "containerDefinitions": [{ "name": "a", "essential": "true" }] }""", """{ "containerDefinitions": [{ "name": "a" }] }""", "containerDefinitions[a].essential")]
    [TestCase("""{ "containerDefinitions": [{ "name": "a", "dnsServers": ["1", "2"] }] }""", """{ "containerDefinitions": [{ "name": "a", "dnsServers": ["2", "1"] }] }""", "containerDefinitions[a].dnsServers")]
    [TestCase("""{ "tags": [{ "key": "a", "value": "1" }] }""", """{ "tags": [{ "key": "a", "value": "2" }] }""", "tags[a]")]
    [TestCase(
        """{ "containerDefinitions": [{ "name": "a", "environment": [{ "name": "X", "value": "1" }] }] }""",
        """{ "containerDefinitions": [{ "name": "a", "environment": [{ "name": "X", "value": "" }] }] }""",
        "containerDefinitions[a].environment[X]")]
    [TestCase(
        """{ "containerDefinitions": [{ "name": "a", "image": "x:1" }] }""",
        """{ "containerDefinitions": [{ "name": "a", "image": "x:2" }, { "name": "b" }] }""",
        "containerDefinitions[a].image", "containerDefinitions[b]")]
    [TestCase(
        """{ "networkMode": "bridge", "containerDefinitions": [{ "name": "a", "portMappings": [{ "containerPort": 80, "hostPort": 80 }] }] }""",
        """{ "networkMode": "bridge", "containerDefinitions": [{ "name": "a", "portMappings": [{ "containerPort": 80 }] }] }""",
        "containerDefinitions[a].portMappings[80/tcp].hostPort")]
    public void What_means_something_else_is_told_by_its_path(string one, string other, params string[] paths) =>
        Assert.That(Differences(one, other).Select(difference => difference.Path), Is.EqualTo(paths));

    [TestCase("""{ "x": "1" }""", """{ "x": 1 }""", "x: \"1\" → 1")]
    [TestCase("""{ "cpu": "1 vCPU" }""", """{ "cpu": "512" }""", "cpu: \"1 vCPU\" → \"512\"")]
    [TestCase("{}", """{ "taskRoleArn": "arn:aws:iam::123456789012:role/app" }""", "taskRoleArn: none → \"arn:aws:iam::123456789012:role/app\"")]
    [TestCase("""{ "tags": [{ "key": "a", "value": "1" }] }""", "{}", "tags[a]: \"1\" → none")]
    [TestCase("""{ "environment": [{ "name": "LEVEL", "value": "1" }] }""", """{ "environment": [{ "name": "LEVEL", "value": "2" }] }""", "environment[LEVEL]: \"1\" → \"2\"")]
    [TestCase("{}", """{ "portMappings": [{ "containerPort": 53, "protocol": "udp" }, { "containerPort": 53 }] }""",
        "portMappings[53/tcp]: none → {\"containerPort\":53}", "portMappings[53/udp]: none → {\"containerPort\":53,\"protocol\":\"udp\"}")]
    [TestCase("""{ "environment": [{ "name": "A", "value": "1" }, { "name": "A", "value": "2" }] }""", "{}",
        "environment: [{\"name\":\"A\",\"value\":\"1\"},{\"name\":\"A\",\"value\":\"2\"}] → none")]
    public void A_difference_shows_what_stands_there(string one, string other, params string[] expected) =>
        Assert.That(Differences(one, other).Select(difference => difference.ToString()), Is.EqualTo(expected));

    [TestCase("""{ "environment": [{ "name": "DB_PASSWORD", "value": "s3cret" }] }""", """{ "environment": [{ "name": "DB_PASSWORD", "value": "s3cret2" }] }""", "environment[DB_PASSWORD]: (hidden) → (hidden), changed")]
    [TestCase("{}", """{ "environment": [{ "name": "URL", "value": "postgres://u:s3cret@db/x" }] }""", "environment[URL]: none → (hidden)")]
    [TestCase("{}", """{ "environment": [{ "name": "TOKEN", "value": "s3cret", "odd": 1 }] }""", "environment[TOKEN]: none → {\"name\":\"TOKEN\",\"value\":\"(hidden)\",\"odd\":1}")]
    [TestCase("{}", """{ "environment": [{ "name": "TOKEN", "value": "s3cret" }, { "name": "TOKEN", "value": "s3cret2" }] }""",
        "environment: none → [{\"name\":\"TOKEN\",\"value\":\"(hidden)\"},{\"name\":\"TOKEN\",\"value\":\"(hidden)\"}]")]
    [TestCase("{}", """{ "secrets": [{ "name": "DB", "valueFrom": "arn:aws:ssm:us-east-1:123456789012:parameter/db" }] }""",
        "secrets[DB]: none → \"arn:aws:ssm:us-east-1:123456789012:parameter/db\"")]
    [TestCase("{}", """{ "secrets": [{ "name": "DB", "valueFrom": "s3cret!" }] }""", "secrets[DB]: none → (hidden)")]
    [TestCase("{}", """{ "logConfiguration": { "options": { "splunk-token": "s3cret", "splunk-url": "https://logs" } } }""",
        "logConfiguration: none → {\"options\":{\"splunk-token\":\"(hidden)\",\"splunk-url\":\"https://logs\"}}")]
    [TestCase("{}", """{ "command": ["run", "--password", "s3cret", "--api-key=s3cret", "--level", "1"] }""",
        "command: none → [\"run\",\"--password\",\"(hidden)\",\"(hidden)\",\"--level\",\"1\"]")]
    public void What_looks_like_a_secret_is_hidden(string one, string other, string expected)
    {
        var shown = Differences(one, other).Select(difference => difference.ToString()).Single();

        Assert.That(shown, Is.EqualTo(expected).And.Not.Contain("s3cret"));
    }

    private static IReadOnlyList<Difference> Differences(string live, string wanted) =>
        TaskDefinitionComparison.FindDifferences(TestDocuments.Read(live), TestDocuments.Read(wanted));
}
