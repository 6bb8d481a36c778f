using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.Images;

/// <summary>Reads JSON that somebody else wrote; what is not a JSON object is an <see cref="InvalidDataException"/>.</summary>
internal static class OciJson
{
    /// <param name="content">UTF-8.</param>
    /// <param name="what">What it is, for the message: "a manifest".</param>
    public static JObject Parse(byte[] content, string what)
    {
        try
        {
            using var text = new StreamReader(new MemoryStream(content));
            using var reader = new JsonTextReader(text) { MaxDepth = 32, DateParseHandling = DateParseHandling.None };
            return JObject.Load(reader);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{what} is not valid JSON: {e.Message}", e);
        }
    }
}
