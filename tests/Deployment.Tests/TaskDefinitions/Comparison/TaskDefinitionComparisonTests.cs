using Newtonsoft.Json.Linq;
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
    [TestCase("""{ "tags": [{ "key": "a", "value": "1" }] }""", """{ "tags": [{ "key": "a", "value": "2" }] }""", "tags[a].value")]
    [TestCase(
        """{ "containerDefinitions": [{ "name": "a", "environment": [{ "name": "X", "value": "1" }] }] }""",
        """{ "containerDefinitions": [{ "name": "a", "environment": [{ "name": "X", "value": "" }] }] }""",
        "containerDefinitions[a].environment[X].value")]
    [TestCase(
        """{ "containerDefinitions": [{ "name": "a", "image": "x:1" }] }""",
        """{ "containerDefinitions": [{ "name": "a", "image": "x:2" }, { "name": "b" }] }""",
        "containerDefinitions[a].image", "containerDefinitions[b]")]
    [TestCase(
        """{ "networkMode": "bridge", "containerDefinitions": [{ "name": "a", "portMappings": [{ "containerPort": 80, "hostPort": 80 }] }] }""",
        """{ "networkMode": "bridge", "containerDefinitions": [{ "name": "a", "portMappings": [{ "containerPort": 80 }] }] }""",
        "containerDefinitions[a].portMappings[80].hostPort")]
    public void What_means_something_else_is_told_by_its_path(string one, string other, params string[] paths) =>
        Assert.That(Differences(one, other), Is.EqualTo(paths));

    [Test]
    public void Values_are_never_told()
    {
        var live = TestDocuments.With(root => Environment(root).Add(JObject.Parse("""{ "name": "TOKEN", "value": "s3cret" }""")));
        var wanted = TestDocuments.With(root => Environment(root).Add(JObject.Parse("""{ "name": "TOKEN", "value": "0ther" }""")));

        var differences = TaskDefinitionComparison.FindDifferences(live, wanted);

        Assert.That(differences, Is.EqualTo(new[] { "containerDefinitions[stream-ml-service].environment[TOKEN].value" }));
    }

    private static JArray Environment(JObject root) => (JArray)root["containerDefinitions"]![0]!["environment"]!;

    private static IReadOnlyList<string> Differences(string live, string wanted) =>
        TaskDefinitionComparison.FindDifferences(TestDocuments.Read(live), TestDocuments.Read(wanted));
}
