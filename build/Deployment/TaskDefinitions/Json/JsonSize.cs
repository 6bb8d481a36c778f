using System.Text;
using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.TaskDefinitions.Json;

/// <summary>How many bytes a document has when it is written without blanks; escapes are counted as the character that they stand for.</summary>
internal static class JsonSize
{
    /// <summary>The bytes of one token, without those of the tokens in it: all tokens of a document have the document's bytes together.</summary>
    public static int Own(JToken token) => token switch
    {
        JProperty member => Text(member.Name) + 1,
        JValue { Value: string text } value => value is JRaw ? text.Length : Text(text),
        JValue { Value: false } => 5,
        JValue => 4,
        JContainer container => 1 + Math.Max(1, container.Count),
        _ => 0,
    };

    private static int Text(string text) => Encoding.UTF8.GetByteCount(text) + 2;
}
