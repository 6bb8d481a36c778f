using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions.Model;

namespace Slipway.Deployment.Tests.TaskDefinitions.Model;

public sealed class TaskDefinitionModelTests
{
    [Test]
    public void The_request_has_18_members_and_140_below_them()
    {
        var structures = new Dictionary<string, Shape>(StringComparer.Ordinal);
        Collect(TaskDefinitionModel.Request, structures);

        Assert.That(TaskDefinitionModel.Request.Members, Has.Count.EqualTo(18));
        Assert.That(structures.Values.Sum(shape => shape.Members.Count) - 18, Is.EqualTo(140));
    }

    [TestCase("containerDefinitions[0].portMappings[0].containerPort", "BoxedInteger")]
    [TestCase("containerDefinitions[0].logConfiguration.options.name", "String")]
    [TestCase("containerDefinitions[0].command[0]", "String")]
    [TestCase("enableFaultInjection", "BoxedBoolean")]
    [TestCase("tags[0]", "Tag")]
    public void A_token_has_the_shape_of_its_place(string path, string shape) =>
        Assert.That(TaskDefinitionModel.ShapeAt(FullDocument.Create().SelectToken(path)!)!.Name, Is.EqualTo(shape));

    [Test]
    public void A_token_that_the_model_does_not_know_has_no_shape() =>
        Assert.That(TaskDefinitionModel.ShapeAt(JObject.Parse("""{ "new": { "a": [1] } }""").SelectToken("new.a[0]")!), Is.Null);

    private static void Collect(Shape shape, Dictionary<string, Shape> structures)
    {
        if (shape.Element is { } element) Collect(element, structures);
        if (shape.Kind != ShapeKind.Structure || !structures.TryAdd(shape.Name, shape)) return;
        foreach (var member in shape.Members) Collect(member.Shape, structures);
    }
}
