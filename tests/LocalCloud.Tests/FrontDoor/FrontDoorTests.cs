using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Slipway.LocalCloud.Ecs.Model;
using Slipway.LocalCloud.FrontDoor;
using Slipway.LocalCloud.Tests.Ecs;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.FrontDoor;

/// <summary>The front door before one real task.</summary>
internal sealed class FrontDoorTests : CloudFixture
{
    private readonly HttpClient client = new();

    [OneTimeSetUp]
    public async Task DeployAsync()
    {
        var driver = new ServiceDriver(Cloud);
        var image = await ServiceImage.AddAsync(Cloud, "stream-ml-service", "v1");
        await driver.UntilCompletedAsync(await driver.UpdateAsync(await driver.RegisterAsync(image, healthCheck: false)));
    }

    [OneTimeTearDown]
    public void CloseClient() => client.Dispose();

    [Test]
    public async Task Lines_are_answered_while_the_request_is_still_open()
    {
        // .NET's client has no answer before the request's end, so the test speaks by hand.
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync("127.0.0.1", Cloud.Ports.FrontDoor);
        var stream = socket.GetStream();
        var seen = new StringBuilder();
        await SendAsync(stream, $"POST /echo HTTP/1.1\r\nHost: 127.0.0.1:{Cloud.Ports.FrontDoor}\r\nTransfer-Encoding: chunked\r\n\r\n");
        foreach (var line in (string[])["one", "two", "three"])
        {
            await SendAsync(stream, $"{line.Length + 1:x}\r\n{line}\n\r\n");
            await UntilAsync(stream, seen, $"{line}!\n");
        }

        await SendAsync(stream, "0\r\n\r\n");
        await UntilAsync(stream, seen, "0\r\n\r\n");
        Assert.That(seen.ToString(), Does.StartWith("HTTP/1.1 200 OK\r\n"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_request_goes_to_another_task_where_the_first_one_is_just_gone(bool chunked)
    {
        var pool = Cloud.Services.GetRequiredService<TargetPool>();
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        pool.Register("gone", Names.TargetGroup("stream-ml-service"), (System.Net.IPEndPoint)listener.LocalEndpoint);
        listener.Stop();
        try
        {
            for (var i = 0; i < 6; i++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, At("/length")) { Content = new ByteArrayContent(new byte[1000]) };
                request.Headers.TransferEncodingChunked = chunked;
                using var answer = await client.SendAsync(request);
                Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo("1000"));
            }
        }
        finally
        {
            await pool.DeregisterAsync("gone", TimeSpan.Zero, CancellationToken.None);
        }
    }

    [Test]
    public async Task Web_sockets_pass()
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{Cloud.Ports.FrontDoor}/socket"), CancellationToken.None);
        await socket.SendAsync(Encoding.UTF8.GetBytes("hello"), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        var buffer = new byte[100];
        var answer = await socket.ReceiveAsync(buffer, CancellationToken.None);
        Assert.That(Encoding.UTF8.GetString(buffer, 0, answer.Count), Is.EqualTo("hello"));
    }

    [Test]
    public async Task A_large_body_passes_with_and_without_a_length()
    {
        var bytes = new byte[40 * 1024 * 1024];
        using var known = new ByteArrayContent(bytes);
        using var first = await client.PostAsync(At("/length"), known);
        Assert.That(await first.Content.ReadAsStringAsync(), Is.EqualTo($"{bytes.Length}"));

        using var request = new HttpRequestMessage(HttpMethod.Post, At("/length")) { Content = new ByteArrayContent(bytes) };
        request.Headers.TransferEncodingChunked = true;
        using var second = await client.SendAsync(request);
        Assert.That(await second.Content.ReadAsStringAsync(), Is.EqualTo($"{bytes.Length}"));
    }

    [Test]
    public async Task The_service_learns_whom_it_answers()
    {
        Assert.That(await client.GetStringAsync(At("/headers/host")), Is.EqualTo($"127.0.0.1:{Cloud.Ports.FrontDoor}"));
        Assert.That(await client.GetStringAsync(At("/headers/x-forwarded-proto")), Is.EqualTo("http"));
        Assert.That(await client.GetStringAsync(At("/headers/x-forwarded-for")), Is.EqualTo("127.0.0.1"));
        Assert.That(await client.GetStringAsync(At("/headers/x-forwarded-port")), Is.EqualTo($"{Cloud.Ports.FrontDoor}"));
    }

    [Test]
    public async Task The_services_own_errors_pass_through()
    {
        using var answer = await client.GetAsync(At("/no-such-page"));
        Assert.That((int)answer.StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task Nothing_of_the_cloud_itself_answers_at_the_front_door()
    {
        using var answer = await client.GetAsync(At("/_local/health"));
        Assert.That((int)answer.StatusCode, Is.EqualTo(404), "it is the service that answers");
    }

    [Test]
    public async Task A_client_that_goes_away_leaves_nothing_behind()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        Assert.That(async () => await client.GetStringAsync(At("/slow?milliseconds=60000"), limit.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await client.GetStringAsync(At("/slow?milliseconds=1")), Is.EqualTo("done"));
    }

    private Uri At(string path) => new(Cloud.Ports.FrontDoorEndpoint + path);

    private static Task SendAsync(Stream stream, string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text)).AsTask();

    private static async Task UntilAsync(Stream stream, StringBuilder seen, string mark)
    {
        var buffer = new byte[4096];
        while (!seen.ToString().Contains(mark, StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
            Assert.That(count, Is.GreaterThan(0), $"'{mark}' never came, only: {seen}");
            seen.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }
    }
}
