using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Registry;

internal sealed class LoginTests : RegistryFixture
{
    private async Task<string> PasswordAsync()
    {
        var data = (await Signed.OkAsync("ecr", "GetAuthorizationToken"))["authorizationData"]![0]!;
        Assert.That(data["proxyEndpoint"]!.GetValue<string>(), Is.EqualTo(Cloud.Ports.Endpoint));
        var pair = Encoding.UTF8.GetString(Convert.FromBase64String(data["authorizationToken"]!.GetValue<string>()));
        Assert.That(pair, Does.StartWith("AWS:"));
        return pair["AWS:".Length..];
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? password, string user = "AWS")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (password is not null) request.Headers.Authorization = BasicLogin.Header(password, user);
        return await Cloud.Http.SendAsync(request);
    }

    [Test]
    public async Task The_token_that_ecr_hands_out_opens_the_registry()
    {
        using var response = await GetAsync("/v2/", await PasswordAsync());
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Headers.GetValues("Docker-Distribution-Api-Version"), Is.EqualTo(new[] { "registry/2.0" }));
    }

    [Test]
    public async Task A_login_outlives_a_restart()
    {
        await using var cloud = await LocalCloudHost.StartAsync();
        using var before = cloud.LoggedIn();
        var header = before.DefaultRequestHeaders.Authorization;
        await cloud.RestartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v2/") { Headers = { Authorization = header } };
        using var response = await cloud.Http.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Without_a_login_the_version_asks_for_a_token_and_a_repository_for_a_password()
    {
        using var version = await GetAsync("/v2/", null);
        using var repository = await GetAsync("/v2/stream-ml-service/tags/list", null);
        Assert.That((version.StatusCode, version.Headers.WwwAuthenticate.Single().Scheme), Is.EqualTo((HttpStatusCode.Unauthorized, "Bearer")));
        Assert.That((repository.StatusCode, repository.Headers.WwwAuthenticate.Single().Scheme), Is.EqualTo((HttpStatusCode.Unauthorized, "Basic")));
        Assert.That(await RegistryClient.ErrorAsync(repository), Is.EqualTo("UNAUTHORIZED"));
    }

    [TestCase("AWS", "wrong")]
    [TestCase("AWS", "")]
    [TestCase("AWS", "====")]
    [TestCase("AWS", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Another_password_does_not_open_it(string user, string password)
    {
        using var response = await GetAsync("/v2/", password, user);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Another_user_does_not_open_it()
    {
        using var response = await GetAsync("/v2/", await PasswordAsync(), "root");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task The_base_images_are_read_without_a_login_and_written_with_one()
    {
        var name = $"dotnet/{Unique("base")}";
        await Signed.OkAsync("ecr", "CreateRepository", new JsonObject { ["repositoryName"] = name });
        var image = new TestImage("base");
        await new RegistryClient(Http, name).PushAsync(image, "10.0");

        using var manifest = await Cloud.Http.GetAsync($"/v2/{name}/manifests/10.0");
        using var upload = await Cloud.Http.PostAsync($"/v2/{name}/blobs/uploads/", null);
        Assert.That((manifest.StatusCode, upload.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.Unauthorized)));
    }

    [Test]
    public async Task An_anonymous_token_opens_the_base_images_only()
    {
        using var answer = await Cloud.Http.GetAsync("/_local/token?service=local-cloud&scope=repository:dotnet/aspnet:pull");
        var token = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["token"]!.GetValue<string>();
        using var version = new HttpRequestMessage(HttpMethod.Get, "/v2/") { Headers = { { "Authorization", $"Bearer {token}" } } };
        using var other = new HttpRequestMessage(HttpMethod.Get, "/v2/stream-ml-service/tags/list") { Headers = { { "Authorization", $"Bearer {token}" } } };
        using var opened = await Cloud.Http.SendAsync(version);
        using var refused = await Cloud.Http.SendAsync(other);
        Assert.That((opened.StatusCode, refused.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.Unauthorized)));
    }

    [Test]
    public async Task A_password_is_exchanged_for_a_token_and_a_wrong_one_is_not()
    {
        using var good = await GetAsync("/_local/token", await PasswordAsync());
        using var bad = await GetAsync("/_local/token", "wrong");
        var token = JsonNode.Parse(await good.Content.ReadAsStringAsync())!["token"]!.GetValue<string>();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v2/stream-ml-service/tags/list") { Headers = { { "Authorization", $"Bearer {token}" } } };
        using var response = await Cloud.Http.SendAsync(request);
        Assert.That((bad.StatusCode, response.StatusCode), Is.EqualTo((HttpStatusCode.Unauthorized, HttpStatusCode.OK)));
    }
}
