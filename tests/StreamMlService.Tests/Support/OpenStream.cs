using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace StreamMlService.Tests.Support;

/// <summary>
/// A score request that stays open: written on a socket, since .NET's own HTTP/1.1 client reads the answer only when the whole request is sent.
/// </summary>
internal sealed class OpenStream : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private readonly TcpClient connection;
    private readonly NetworkStream stream;
    private readonly StreamReader reader;
    private readonly StringBuilder pending = new();

    private OpenStream(TcpClient connection)
    {
        this.connection = connection;
        stream = connection.GetStream();
        reader = new StreamReader(stream, Encoding.Latin1);
    }

    public static async Task<OpenStream> BeginAsync(int port)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, port);
        var open = new OpenStream(connection);
        await open.WriteAsync("POST /v1/score HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n");
        Assert.That(await open.RawLineAsync(), Is.EqualTo("HTTP/1.1 200 OK"));
        while (await open.RawLineAsync() is { Length: > 0 })
        {
        }

        return open;
    }

    public Task SendAsync(string text) => WriteAsync($"{Encoding.UTF8.GetByteCount(text).ToString("x", CultureInfo.InvariantCulture)}\r\n{text}\r\n");

    /// <summary>Bytes as they are, outside the chunked coding.</summary>
    public Task SendRawAsync(string text) => WriteAsync(text);

    public Task EndAsync() => WriteAsync("0\r\n\r\n");

    /// <summary>The next answer; null where the response is complete.</summary>
    public async Task<JsonElement?> ReadAsync()
    {
        while (true)
        {
            var text = pending.ToString();
            var end = text.IndexOf('\n', StringComparison.Ordinal);
            if (end >= 0)
            {
                pending.Remove(0, end + 1);
                return JsonDocument.Parse(text[..end]).RootElement.Clone();
            }

            var size = int.Parse(await RawLineAsync() ?? throw new EndOfStreamException(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0)
            {
                Assert.That(text, Is.Empty, "the last line is whole");
                return null;
            }

            var chunk = new char[size + 2];
            await reader.ReadBlockAsync(chunk).AsTask().WaitAsync(Bound);
            pending.Append(chunk, 0, size);
        }
    }

    /// <summary>Goes away in the middle, with a reset.</summary>
    public void Break()
    {
        connection.Client.LingerState = new LingerOption(true, 0);
        connection.Close();
    }

    public void Dispose()
    {
        reader.Dispose();
        stream.Dispose();
        connection.Dispose();
    }

    private async Task<string?> RawLineAsync() => await reader.ReadLineAsync().WaitAsync(Bound);

    private Task WriteAsync(string text) => stream.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask().WaitAsync(Bound);
}
