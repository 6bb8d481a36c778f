using System.Text.Encodings.Web;
using System.Text.Json;

namespace Slipway.Deployment.Settings;

/// <summary>A command and its arguments as one text: a JSON array, which knows no quoting of a shell and splits at no blank.</summary>
internal static class ArgumentText
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The arguments; null where the text is no JSON array of strings.</summary>
    public static IReadOnlyList<string>? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<List<string?>>(text) is { } items && !items.Contains(null)
                ? [.. items.OfType<string>()]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The text that <see cref="Parse"/> reads back.</summary>
    public static string Format(IReadOnlyList<string> arguments) => JsonSerializer.Serialize(arguments, Plain);
}
