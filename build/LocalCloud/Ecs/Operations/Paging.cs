using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Slipway.LocalCloud.Ecs.Operations;

/// <summary>maxResults and nextToken over a list in a stable order.</summary>
internal static class Paging
{
    private const int Largest = 100;

    /// <param name="input">The request.</param>
    /// <param name="member">The list's name in the answer.</param>
    /// <param name="items">All there are.</param>
    /// <param name="usual">How many come where the request does not say.</param>
    public static JsonObject Page(JsonObject input, string member, IReadOnlyList<JsonNode?> items, int usual = Largest)
    {
        var size = (int?)input["maxResults"] ?? usual;
        if (size is < 1 or > Largest) throw Refusals.InvalidParameter($"maxResults must be between 1 and {Largest}.");
        var from = Position((string?)input["nextToken"]);
        var answer = new JsonObject { [member] = new JsonArray([.. items.Skip(from).Take(size)]) };
        if (from < items.Count - size)
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
