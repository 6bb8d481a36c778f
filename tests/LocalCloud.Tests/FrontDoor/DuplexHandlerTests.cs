using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Slipway.LocalCloud.FrontDoor;

namespace Slipway.LocalCloud.Tests.FrontDoor;

/// <summary>The handler against a server that speaks HTTP by hand.</summary>
[SuppressMessage("Reliability", "CA2025", Justification = "Every task is awaited before its server and its content go.")]
internal sealed class DuplexHandlerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public async Task The_response_is_read_while_the_request_is_still_open()
    {
        using var server = new Server();
        using var open = new OpenContent();
        var asked = SendAsync(server, open);
        using var peer = await server.AcceptAsync();
        await open.WriteAsync("first\n");
        Assert.That(await peer.ReadUntilAsync("first\n"), Does.StartWith("POST /path?x=1 HTTP/1.1\r\nHost: ").And.Contain("Transfer-Encoding: chunked"));
        await peer.WriteAsync("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Mark: yes\r\n\r\n6;ext=1\r\nanswer\r\n");
        using var response = await asked.WaitAsync(Patience);
        Assert.That(response.Headers.GetValues("X-Mark"), Is.EqualTo(new[] { "yes" }));
        var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[100];
        Assert.That(Encoding.ASCII.GetString(buffer, 0, await body.ReadAsync(buffer)), Is.EqualTo("answer"));

        await open.WriteAsync("second\n");
        await peer.ReadUntilAsync("second\n");
        open.End();
        await peer.ReadUntilAsync("0\r\n\r\n");
        await peer.WriteAsync("3\r\nend\r\n0\r\nTrailer: x\r\n\r\n");
        Assert.That(await new StreamReader(body).ReadToEndAsync(), Is.EqualTo("end"));
    }

    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody-and-more", "body")]
    [TestCase("HTTP/1.1 200 OK\r\n\r\nuntil the end", "until the end")]
    [TestCase("HTTP/1.1 204 No Content\r\n\r\n", "")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n", "abc")]
    public async Task Bodies_end_where_they_say(string answer, string body)
    {
        using var response = await AnswerAsync(answer);
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo(body));
    }

    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\nbody")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n")]
    public async Task A_body_that_breaks_off_or_is_garbled_is_an_error(string answer)
    {
        using var response = await AnswerAsync(answer);
        Assert.That(async () => await response.Content.ReadAsStringAsync(), Throws.InstanceOf<IOException>().Or.InstanceOf<HttpRequestException>());
    }

    [TestCase("")]
    [TestCase("HTTP/1.1 200")]
    [TestCase("SMTP ready to serve you\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nno colon here\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n")]
    public void A_response_that_is_none_is_an_error(string answer) =>
        Assert.That(async () => await AnswerAsync(answer), Throws.InstanceOf<HttpRequestException>());

    [Test]
    public void A_refused_connection_is_told_apart()
    {
        using var server = new Server();
        server.Dispose();
        using var open = new OpenContent();
        Assert.That(
            async () => await SendAsync(server, open),
            Throws.InstanceOf<HttpRequestException>().With.Property(nameof(HttpRequestException.HttpRequestError)).EqualTo(HttpRequestError.ConnectionError));
    }

    private static async Task<HttpResponseMessage> AnswerAsync(string answer)
    {
        using var server = new Server();
        using var open = new OpenContent();
        open.End();
        var asked = SendAsync(server, open);
        using (var peer = await server.AcceptAsync())
        {
            await peer.ReadUntilAsync("0\r\n\r\n");
            await peer.WriteAsync(answer);
        }

        return await asked.WaitAsync(Patience);
    }

    private static async Task<HttpResponseMessage> SendAsync(Server server, HttpContent content)
    {
        using var client = new HttpMessageInvoker(new DuplexHandler(new SocketsHttpHandler()), disposeHandler: false);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://{server.EndPoint}/path?x=1")) { Content = content };
        return await client.SendAsync(request, CancellationToken.None);
    }

    private sealed class Server : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);

        public Server()
        {
            listener.Start();
            EndPoint = (IPEndPoint)listener.LocalEndpoint;
        }

        public IPEndPoint EndPoint { get; }

        public async Task<Peer> AcceptAsync() => new(await listener.AcceptTcpClientAsync().WaitAsync(Patience));

        public void Dispose() => listener.Dispose();
    }

    private sealed class Peer(TcpClient client) : IDisposable
    {
        private readonly StringBuilder seen = new();

        public async Task<string> ReadUntilAsync(string mark)
        {
            var buffer = new byte[4096];
            while (!seen.ToString().Contains(mark, StringComparison.Ordinal))
            {
                var count = await client.GetStream().ReadAsync(buffer).AsTask().WaitAsync(Patience);
                Assert.That(count, Is.GreaterThan(0), $"'{mark}' never came, only: {seen}");
                seen.Append(Encoding.ASCII.GetString(buffer, 0, count));
            }

            return seen.ToString();
        }

        public Task WriteAsync(string text) => client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text)).AsTask();

        public void Dispose() => client.Dispose();
    }
}
