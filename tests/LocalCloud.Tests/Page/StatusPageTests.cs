using System.Text.Json.Nodes;
using Slipway.LocalCloud.Page;
using Slipway.LocalCloud.Protocol;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Page;

internal sealed class StatusPageTests : CloudFixture
{
    [Test]
    public async Task It_shows_the_service_and_where_it_is()
    {
        using var answer = await Cloud.Http.GetAsync(new Uri("/", UriKind.Relative));
        var page = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/html"));
        Assert.That(page, Does.Contain("Cluster emotional-parrot").And.Contain("Service stream-ml-service-1"));
        Assert.That(page, Does.Contain(Cloud.Ports.Endpoint).And.Contain(Cloud.Ports.FrontDoorEndpoint).And.Contain("process runtime"));
        Assert.That(answer.Headers.GetValues("Content-Security-Policy").Single(), Does.StartWith("default-src 'none'"));
    }

    [Test]
    public async Task What_others_wrote_is_text_and_never_markup()
    {
        const string Attack = "<script>alert(1)</script>";
        await Signed.OkAsync("logs", "CreateLogStream", new JsonObject { ["logGroupName"] = Account.LogGroup, ["logStreamName"] = "attack" });
        await Signed.OkAsync("logs", "PutLogEvents", new JsonObject
        {
            ["logGroupName"] = Account.LogGroup,
            ["logStreamName"] = "attack",
            ["logEvents"] = new JsonArray(new JsonObject { ["timestamp"] = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), ["message"] = Attack }),
        });
        var page = await Cloud.Http.GetStringAsync(new Uri("/", UriKind.Relative));
        Assert.That(page, Does.Not.Contain(Attack));
        Assert.That(page, Does.Contain("&lt;script&gt;alert(1)&lt;/script&gt;"));
    }

    [Test]
    public void Values_are_encoded_and_pieces_are_not()
    {
        var piece = Html.Of($"<b>{"a<b"}</b>");
        Assert.That(Html.Of($"<p title=\"{"\"x\""}\">{piece}{(string?)null}{1.5}</p>").ToString(), Is.EqualTo("<p title=\"&quot;x&quot;\"><b>a&lt;b</b>1.5</p>"));
        Assert.That(Html.Of($"{DateTimeOffset.UnixEpoch:HH:mm:ss}").ToString(), Is.EqualTo("00:00:00"));
        Assert.That(Html.Of($"{new[] { piece, piece }}").ToString(), Is.EqualTo("<b>a&lt;b</b><b>a&lt;b</b>"));
    }

    [Test]
    public async Task Metadata_of_no_task_is_not_found()
    {
        foreach (var path in (string[])["missing", "missing/task", "-", "-1", "a-b", "a--1"])
        {
            using var answer = await Cloud.Http.GetAsync(new Uri($"/_local/metadata/{path}", UriKind.Relative));
            Assert.That((int)answer.StatusCode, Is.EqualTo(404), path);
        }
    }
}
