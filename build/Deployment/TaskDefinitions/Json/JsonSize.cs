using System.Text;
using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.TaskDefinitions.Json;

/// <summary>How many bytes a document has when it is written without blanks; escapes are counted as the character that they stand for.</summary>
internal static class JsonSize
{
    public static int Of(JToken token) => token switch
    {
        JRaw number => ((string)number.Value!).Length,
        JValue { Type: JTokenType.String } text => Text((string)text.Value!),
        JValue { Type: JTokenType.Boolean } flag => (bool)flag.Value! ? 4 : 5,
        JValue => 4,
        JProperty member => Text(member.Name) + 1 + Of(member.Value),
        JContainer container => Many(container),
        _ => 0,
    };

    private static int Many(JContainer container)
    {
        var sum = 1 + Math.Max(1, container.Count);
        for (var child = container.First; child is not null; child = child.Next) sum += Of(child);
        return sum;
    }

    private static int Text(string text) => Encoding.UTF8.GetByteCount(text) + 2;
}
