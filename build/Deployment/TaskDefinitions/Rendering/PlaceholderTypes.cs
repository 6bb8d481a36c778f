using System.Globalization;
using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions.Model;

namespace Slipway.Deployment.TaskDefinitions.Rendering;

/// <summary>
/// Where the request wants a number or a boolean, JSON has no way to write a placeholder but as a string. One that is the
/// whole string becomes what the service model wants.
/// </summary>
internal static class PlaceholderTypes
{
    /// <summary>Turns a text into what its place wants; one that is no such value stays a text, which the checks then refuse.</summary>
    public static void Convert(JValue value)
    {
        var text = (string)value.Value!;
        switch (TaskDefinitionModel.ShapeAt(value)?.Kind)
        {
            case ShapeKind.Boolean when text is "true" or "false":
                value.Value = text == "true";
                break;
            case ShapeKind.Integer or ShapeKind.Long when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number):
                Replace(value, new JRaw(number.ToString(CultureInfo.InvariantCulture)));
                break;
        }
    }

    // As a document's numbers are read: with their digits.
    private static void Replace(JValue value, JRaw number)
    {
        foreach (var annotation in value.Annotations<object>()) number.AddAnnotation(annotation);
        value.Replace(number);
    }
}
