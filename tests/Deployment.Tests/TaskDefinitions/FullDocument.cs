using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions.Model;

namespace Slipway.Deployment.Tests.TaskDefinitions;

/// <summary>A document with every member of the model, made from the model; valid by its types, not by every rule.</summary>
internal static class FullDocument
{
    public static JObject Create() => (JObject)Value(TaskDefinitionModel.Request, null);

    private static JToken Value(Shape shape, ShapeMember? member) => shape.Kind switch
    {
        ShapeKind.Structure => new JObject(shape.Members.Select(item => new JProperty(item.Name, Value(item.Shape, item)))),
        ShapeKind.Map => new JObject { ["name"] = Value(shape.Element!, null) },
        ShapeKind.List => new JArray(Value(shape.Element!, null)),
        ShapeKind.Boolean => true,
        ShapeKind.Integer or ShapeKind.Long => member?.Range?.Least ?? 7,
        _ => shape.Enum.Count > 0 ? shape.Enum[0] : "text",
    };
}
