using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Slipway.LocalCloud.FrontDoor;

/// <summary>
/// Over HTTP/1.1 .NET's client hands out a response only when the whole request is sent; a service that answers line by line
/// while the request is still open would be mute behind it. Requests of unknown length therefore go over a connection of their own, both ways at once.
/// </summary>
internal sealed class DuplexHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly HashSet<string> NotForwarded =
        new(["Connection", "Keep-Alive", "Transfer-Encoding", "Content-Length", "Expect", "Upgrade", "Host"], StringComparer.OrdinalIgnoreCase);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is null || request.Content.Headers.ContentLength is not null || request.Headers.Upgrade.Count > 0)
            return await base.SendAsync(request, cancellationToken);

        var connection = await ConnectAsync(request.RequestUri!, cancellationToken);
        try
        {
            await connection.WriteAsync(Encoding.Latin1.GetBytes(Head(request)), cancellationToken);
            var sending = SendBodyAsync(request.Content, connection, cancellationToken);
            return await DuplexResponse.ReadAsync(request, connection, sending, cancellationToken);
        }
        catch (Exception error)
        {
            await connection.DisposeAsync();
            if (error is OperationCanceledException or HttpRequestException) throw;
            throw new HttpRequestException(HttpRequestError.InvalidResponse, $"The exchange with {request.RequestUri!.Authority} broke off: {error.Message}", error);
        }
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The stream that is returned owns the socket; where there is none, a catch block disposes of it.")]
    private static async Task<NetworkStream> ConnectAsync(Uri target, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(target.Host), target.Port), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw new HttpRequestException(HttpRequestError.ConnectionError, $"{target.Authority} cannot be reached: {error.Message}", error);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string Head(HttpRequestMessage request)
    {
        var head = new StringBuilder();
        head.Append(request.Method.Method).Append(' ').Append(request.RequestUri!.PathAndQuery).Append(" HTTP/1.1\r\n");
        head.Append("Host: ").Append(request.Headers.Host ?? request.RequestUri.Authority).Append("\r\n");
        foreach (var (name, values) in request.Headers.NonValidated.Concat(request.Content!.Headers.NonValidated))
        {
            if (NotForwarded.Contains(name)) continue;
            foreach (var value in values) head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        return head.Append("Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n").ToString();
    }

    private static async Task SendBodyAsync(HttpContent content, NetworkStream connection, CancellationToken cancellationToken)
    {
        await using var chunks = new ChunkedWriter(connection);
        await content.CopyToAsync(chunks, cancellationToken);
        await connection.WriteAsync("0\r\n\r\n"u8.ToArray(), cancellationToken);
    }
}
