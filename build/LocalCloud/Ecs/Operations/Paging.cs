using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Slipway.LocalCloud.Ecs.Operations;

/// <summary>maxResults and nextToken over a list in a stable order.</summary>
internal static class Paging
{
    private const int Largest = 100;

    public static JsonObject Page(JsonObject input, string member, IReadOnlyList<JsonNode?> items)
    {
        var size = (int?)input["maxResults"] ?? Largest;
        if (size is < 1 or > Largest) throw Refusals.InvalidParameter($"maxResults must be between 1 and {Largest}.");
        var from = Position((string?)input["nextToken"]);
        var answer = new JsonObject { [member] = new JsonArray([.. items.Skip(from).Take(size)]) };
        if (from + size < items.Count)
            answer["nextToken"] = Convert.ToBase64String(Encoding.ASCII.GetBytes((from + size).ToString(CultureInfo.InvariantCulture)));
        return answer;
    }

    private static int Position(string? token)
    {
        if (string.IsNullOrEmpty(token)) return 0;
        var bytes = new byte[64];
        if (Convert.TryFromBase64String(token, bytes, out var length)
            && int.TryParse(Encoding.ASCII.GetString(bytes, 0, length), NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            return position;
        throw Refusals.InvalidParameter("Invalid token.");
    }
}
