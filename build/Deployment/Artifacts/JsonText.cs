using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.Artifacts;

/// <summary>JSON for programs and people: two spaces, LF on every platform, a line end at the end. Pure.</summary>
internal static class JsonText
{
    public static string Write(JObject root)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using (var writer = new JsonTextWriter(text) { Formatting = Formatting.Indented, Indentation = 2, CloseOutput = false }) root.WriteTo(writer);
        return text + "\n";
    }
}
