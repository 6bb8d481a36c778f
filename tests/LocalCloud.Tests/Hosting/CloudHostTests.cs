using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Slipway.LocalCloud.Hosting;
using Slipway.LocalCloud.Tests.Registry;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Hosting;

internal sealed class CloudHostTests : RegistryFixture
{
    [Test]
    public async Task Health_tells_what_a_caller_must_know()
    {
        var health = JsonNode.Parse(await Cloud.Http.GetStringAsync("/_local/health"))!;
        Assert.That(health["status"]!.GetValue<string>(), Is.EqualTo("ok"));
        Assert.That((health["account"]!.GetValue<string>(), health["region"]!.GetValue<string>()), Is.EqualTo(("123456789012", "us-east-1")));
        Assert.That((health["port"]!.GetValue<int>(), health["frontDoorPort"]!.GetValue<int>()), Is.EqualTo((Cloud.Ports.Api, Cloud.Ports.FrontDoor)));
        Assert.That(health["pid"]!.GetValue<int>(), Is.EqualTo(Environment.ProcessId));
        Assert.That(health["runtime"]!.GetValue<string>(), Is.EqualTo("process"));
        foreach (var name in new[] { "runtimeNote", "instance", "version" }) Assert.That(health[name]!.GetValue<string>(), Is.Not.Empty, name);
    }

    [Test]
    public void The_state_folder_tells_where_the_cloud_listens()
    {
        var document = JsonNode.Parse(File.ReadAllText(Path.Combine(Cloud.StateFolder, "local-cloud.json")))!;
        Assert.That(document["endpoint"]!.GetValue<string>(), Is.EqualTo(Cloud.Ports.Endpoint));
        Assert.That(document["frontDoor"]!.GetValue<string>(), Is.EqualTo($"http://127.0.0.1:{Cloud.Ports.FrontDoor}"));
        Assert.That(document["pid"]!.GetValue<int>(), Is.EqualTo(Environment.ProcessId));
        foreach (var name in new[] { "port", "frontDoorPort", "runtime", "version", "startedAt", "instance" }) Assert.That(document[name], Is.Not.Null, name);
    }

    [Test]
    public async Task A_second_cloud_on_the_same_state_is_refused_and_told_which_process_has_it()
    {
        var refusal = await Assert.ThrowsAsync<StartException>(() => CloudHost.StartAsync(new LocalCloudOptions(0, 0, Cloud.StateFolder)));
        Assert.That(refusal!.Message, Does.Contain($"the process {Environment.ProcessId}").And.Contain(Cloud.StateFolder).And.Contain("Try:"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_port_in_use_is_refused_with_its_holder(bool api)
    {
        var folder = Directory.CreateTempSubdirectory("slipway-port-").FullName;
        using var foreign = new TcpListener(IPAddress.Loopback, 0);
        foreign.Start();
        var port = ((IPEndPoint)foreign.LocalEndpoint).Port;
        var refusal = await Assert.ThrowsAsync<StartException>(() => CloudHost.StartAsync(api ? new LocalCloudOptions(port, 0, folder) : new LocalCloudOptions(0, port, folder)));
        Assert.That(refusal!.Message, Does.Contain($"port {port}").And.Contain(api ? "--port" : "--front-door"));
        if (OperatingSystem.IsLinux()) Assert.That(refusal.Message, Does.Contain($"the process {Environment.ProcessId} ("));
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task What_was_pushed_and_logged_survives_a_restart_and_unfinished_uploads_do_not()
    {
        await using var cloud = await LocalCloudHost.StartAsync();
        using var http = cloud.LoggedIn();
        var client = new RegistryClient(http, "stream-ml-service");
        var image = new TestImage("kept");
        await client.PushAsync(image, "v1");
        await client.PushBlobAsync("no image names this"u8.ToArray());
        await client.StartUploadAsync();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await cloud.Signed.OkAsync("logs", "CreateLogStream", new JsonObject { ["logGroupName"] = "/ecs/stream-ml-service", ["logStreamName"] = "s" });
        await cloud.Signed.OkAsync("logs", "PutLogEvents", new JsonObject
        {
            ["logGroupName"] = "/ecs/stream-ml-service",
            ["logStreamName"] = "s",
            ["logEvents"] = new JsonArray(new JsonObject { ["timestamp"] = now, ["message"] = "kept" }),
        });
        var instance = JsonNode.Parse(await cloud.Http.GetStringAsync("/_local/health"))!["instance"]!.GetValue<string>();

        await cloud.RestartAsync();

        using var again = cloud.LoggedIn();
        using var layer = await again.GetAsync($"/v2/stream-ml-service/blobs/{TestImage.DigestOf(image.Layer)}");
        using var dropped = await again.GetAsync($"/v2/stream-ml-service/blobs/{TestImage.DigestOf("no image names this"u8.ToArray())}");
        var details = await cloud.Signed.OkAsync("ecr", "DescribeImages", new JsonObject { ["repositoryName"] = "stream-ml-service" });
        var events = await cloud.Signed.OkAsync("logs", "FilterLogEvents", new JsonObject { ["logGroupName"] = "/ecs/stream-ml-service" });
        Assert.That((layer.StatusCode, dropped.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.NotFound)));
        Assert.That(details["imageDetails"]![0]!["imageTags"]![0]!.GetValue<string>(), Is.EqualTo("v1"));
        Assert.That(events["events"]!.AsArray().Select(item => item!["message"]!.GetValue<string>()), Does.Contain("kept"));
        Assert.That(JsonNode.Parse(await cloud.Http.GetStringAsync("/_local/health"))!["instance"]!.GetValue<string>(), Is.EqualTo(instance));
        Assert.That(Directory.EnumerateFiles(Path.Combine(cloud.StateFolder, "registry", "uploads")), Is.Empty);
    }

    [Test]
    public async Task A_manifest_that_was_damaged_is_dropped_and_the_rest_is_kept()
    {
        await using var cloud = await LocalCloudHost.StartAsync();
        using var http = cloud.LoggedIn();
        var client = new RegistryClient(http, "stream-ml-service");
        var (damaged, whole) = (new TestImage("damaged"), new TestImage("whole"));
        await client.PushAsync(damaged, "v1");
        await client.PushAsync(whole, "v2");
        var hex = damaged.Digest["sha256:".Length..];
        await File.WriteAllBytesAsync(Path.Combine(cloud.StateFolder, "registry", "blobs", "sha256", hex[..2], hex), new byte[10]);
        await cloud.RestartAsync();
        var details = await cloud.Signed.OkAsync("ecr", "DescribeImages", new JsonObject { ["repositoryName"] = "stream-ml-service" });
        Assert.That(details["imageDetails"]!.AsArray().Single()!["imageDigest"]!.GetValue<string>(), Is.EqualTo(whole.Digest));
    }

    [Test]
    public async Task What_somebody_deleted_is_not_seeded_again()
    {
        await using var cloud = await LocalCloudHost.StartAsync();
        await cloud.Signed.OkAsync("ecr", "DeleteRepository", new JsonObject { ["repositoryName"] = "stream-ml-service" });
        await cloud.RestartAsync();
        Assert.That((await cloud.Signed.CallAsync("ecr", "DescribeImages", new JsonObject { ["repositoryName"] = "stream-ml-service" })).Code, Is.EqualTo("RepositoryNotFoundException"));
    }

    [TestCase("evil.example", null, null, 403)]
    [TestCase("evil.example:4570", null, null, 403)]
    [TestCase(null, "http://evil.example", null, 403)]
    [TestCase(null, "null", null, 403)]
    [TestCase(null, null, "cross-site", 403)]
    [TestCase("localhost", null, null, 200)]
    [TestCase("[::1]", null, null, 200)]
    [TestCase(null, "http://127.0.0.1:4570", "same-origin", 200)]
    public async Task A_foreign_web_page_is_kept_out(string? host, string? origin, string? site, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/_local/health");
        if (host is not null) request.Headers.Host = host;
        if (origin is not null) request.Headers.Add("Origin", origin);
        if (site is not null) request.Headers.Add("Sec-Fetch-Site", site);
        using var response = await Cloud.Http.SendAsync(request);
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task The_ports_are_not_reachable_from_other_machines()
    {
        var address = (await Dns.GetHostAddressesAsync(Dns.GetHostName())).FirstOrDefault(item => item.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(item));
        if (address is null) Assert.Ignore("this machine has no address but loopback");
        using var client = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(async () => await client.ConnectAsync(address!, Cloud.Ports.Api));
    }
}
