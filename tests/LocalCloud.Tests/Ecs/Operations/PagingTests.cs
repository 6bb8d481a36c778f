using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Slipway.LocalCloud.Ecs.Operations;

namespace Slipway.LocalCloud.Tests.Ecs.Operations;

internal sealed class PagingTests
{
    private static IReadOnlyList<JsonNode?> Items => [.. Enumerable.Range(0, 25).Select(item => (JsonNode?)JsonValue.Create(item))];

    [Test]
    public void A_page_is_as_long_as_is_usual_where_the_request_does_not_say()
    {
        var page = Paging.Page([], "items", Items, usual: 10);
        Assert.That((page["items"]!.AsArray().Count, page["nextToken"] is not null), Is.EqualTo((10, true)));
        Assert.That(Paging.Page(new JsonObject { ["maxResults"] = 100 }, "items", Items, usual: 10)["items"]!.AsArray(), Has.Count.EqualTo(25));
    }

    [Test]
    public void After_a_token_that_lies_beyond_the_end_there_is_nothing_more()
    {
        var token = Convert.ToBase64String(Encoding.ASCII.GetBytes(int.MaxValue.ToString(CultureInfo.InvariantCulture)));
        var page = Paging.Page(new JsonObject { ["nextToken"] = token }, "items", Items);
        Assert.That((page["items"]!.AsArray().Count, page["nextToken"]), Is.EqualTo((0, (JsonNode?)null)));
    }
}
