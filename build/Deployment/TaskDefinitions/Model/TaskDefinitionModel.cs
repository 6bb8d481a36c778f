using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.TaskDefinitions.Model;

/// <summary>The request of RegisterTaskDefinition as the ECS service model describes it.</summary>
/// <remarks>Source: build/models/ecs.json, which is embedded in this assembly.</remarks>
internal static class TaskDefinitionModel
{
    private const string Operation = "RegisterTaskDefinitionRequest";

    private static readonly Lazy<Shape> Loaded = new(Load);

    /// <summary>The shape of a whole document.</summary>
    public static Shape Request => Loaded.Value;

    /// <summary>The shape that the model gives a token of a document; null where the model does not know its place.</summary>
    public static Shape? ShapeAt(JToken token) => token.Parent switch
    {
        null => Request,
        JProperty member => ShapeAt(member),
        JArray list => ShapeAt(list) is { Kind: ShapeKind.List } shape ? shape.Element : null,
        JObject owner when token is JProperty member => ShapeAt(owner) switch
        {
            { Kind: ShapeKind.Structure } shape => shape.Find(member.Name)?.Shape,
            { Kind: ShapeKind.Map } shape => shape.Element,
            _ => null,
        },
        _ => null,
    };

    private static Shape Load()
    {
        using var stream = typeof(TaskDefinitionModel).Assembly.GetManifestResourceStream("models/ecs.json")
            ?? throw new InvalidOperationException("The model 'models/ecs.json' is not embedded.");
        var model = new byte[stream.Length];
        stream.ReadExactly(model);
        return new ModelReader(model).Read(Operation);
    }
}
