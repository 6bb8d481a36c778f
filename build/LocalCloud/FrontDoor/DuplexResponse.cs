using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Slipway.LocalCloud.FrontDoor;

/// <summary>Reads an HTTP/1.1 response's head (RFC 9112) while the request is still being sent.</summary>
internal static class DuplexResponse
{
    private const int MostHeadBytes = 64 * 1024;

    public static async Task<HttpResponseMessage> ReadAsync(
        HttpRequestMessage request, NetworkStream connection, Task sending, CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(connection);
        while (true)
        {
            var lines = await ReadHeadAsync(reader, sending, cancellationToken);
            var status = Status(lines[0]);
            if (status is >= 100 and < 200) continue;
            var response = new HttpResponseMessage((HttpStatusCode)status) { RequestMessage = request, Version = HttpVersion.Version11 };
            try
            {
                var headers = lines.Skip(1).Select(Header).ToList();
                response.Content = new StreamContent(Body(request, status, headers, reader, connection, sending));
                foreach (var (name, value) in headers)
                    if (!response.Headers.TryAddWithoutValidation(name, value)) response.Content.Headers.TryAddWithoutValidation(name, value);
                return response;
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }
    }

    private static async Task<List<string>> ReadHeadAsync(PipeReader reader, Task sending, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var end = End(read.Buffer);
            if (end is { } position)
            {
                var text = Encoding.Latin1.GetString(read.Buffer.Slice(0, position));
                reader.AdvanceTo(position);
                return [.. text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)];
            }

            if (read.Buffer.Length > MostHeadBytes) throw new InvalidDataException("the response's head is too long");
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (!read.IsCompleted) continue;

            // The target is gone; why the request could not be sent says more than that no response came.
            if (sending.IsFaulted) await sending;
            throw new InvalidDataException("the connection ended before the response");
        }
    }

    private static SequencePosition? End(ReadOnlySequence<byte> buffer)
    {
        var reader = new SequenceReader<byte>(buffer);
        return reader.TryReadTo(out ReadOnlySequence<byte> _, "\r\n\r\n"u8) ? reader.Position : null;
    }

    private static int Status(string line) =>
        line.Length >= 12 && line.StartsWith("HTTP/1.", StringComparison.Ordinal)
        && int.TryParse(line.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status >= 100
            ? status
            : throw new InvalidDataException("the response does not begin with a status line");

    private static (string Name, string Value) Header(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 ? (line[..colon], line[(colon + 1)..].Trim(' ', '\t')) : throw new InvalidDataException("a response header has no name");
    }

    private static DuplexBody Body(
        HttpRequestMessage request, int status, List<(string Name, string Value)> headers, PipeReader reader, NetworkStream connection, Task sending)
    {
        if (request.Method == HttpMethod.Head || status is 204 or 304) return new DuplexBody(reader, connection, sending, chunked: false, 0);
        if (headers.Exists(Named("Transfer-Encoding"))) return new DuplexBody(reader, connection, sending, chunked: true, null);
        var length = headers.Find(Named("Content-Length")).Value;
        return length is null ? new DuplexBody(reader, connection, sending, chunked: false, null)
            : long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? new DuplexBody(reader, connection, sending, chunked: false, bytes)
            : throw new InvalidDataException("the response's Content-Length is no number");
    }

    private static Predicate<(string Name, string Value)> Named(string name) => header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
