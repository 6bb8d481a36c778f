using System.Text.Json.Nodes;
using Slipway.LocalCloud.Protocol;

namespace Slipway.LocalCloud.Ecr;

/// <summary>Pages as ECR has them: maxResults, 100 where it is not said.</summary>
internal static class EcrPage
{
    public static (IReadOnlyList<T> Items, string? Next) Of<T>(IReadOnlyList<T> all, JsonObject input) =>
        Paging.Of(all, input.Text("nextToken"), input.Integer("maxResults") ?? 100)
        ?? throw new ApiException("InvalidParameterException", "Invalid parameter at 'nextToken' failed to satisfy constraint: 'must be a token of an earlier answer'");

    public static JsonObject Answer(string member, IEnumerable<JsonNode> items, string? next)
    {
        var answer = new JsonObject { [member] = items.Array() };
        if (next is not null) answer["nextToken"] = next;
        return answer;
    }
}
