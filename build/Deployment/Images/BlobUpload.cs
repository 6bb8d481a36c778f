using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Slipway.Deployment.Images;

/// <summary>How a blob came to be in a repository.</summary>
internal enum BlobOutcome
{
    /// <summary>It was there before.</summary>
    WasThere,

    /// <summary>The registry linked it from another repository.</summary>
    Mounted,

    /// <summary>It was uploaded.</summary>
    Sent,
}

/// <summary>Puts blobs of an archive into a repository: asks first, then mounts, then sends in chunks that can be resumed.</summary>
internal sealed class BlobUpload(RegistryConnection connection, RetryPolicy retry, OciArchive archive, string repository)
{
    /// <summary>Between ECR's least (5 MB) and most (10 MiB) for a part.</summary>
    public const int ChunkBytes = 8 * 1024 * 1024;

    public async Task<BlobOutcome> SendAsync(
        OciDescriptor blob, string? mountFrom, Action<long> progress, CancellationToken cancellationToken)
    {
        using (var head =
            await connection.SendAsync(() => new HttpRequestMessage(HttpMethod.Head, Address($"blobs/{blob.Digest}")), cancellationToken))
        {
            if (head.StatusCode == HttpStatusCode.OK)
                return BlobOutcome.WasThere;
            if (head.StatusCode != HttpStatusCode.NotFound)
                await RegistryClient.RequireAsync(head, $"look for '{blob.Digest}' in '{repository}'", cancellationToken);
        }

        for (var attempt = 1; ; attempt++)
        {
            var session = await BeginAsync(blob, mountFrom, cancellationToken);
            if (session is null)
                return BlobOutcome.Mounted;
            if (await TrySendAsync(session, blob, progress, cancellationToken))
                return BlobOutcome.Sent;
            // The registry forgot the upload: begin anew, a few times.
            if (attempt == retry.Attempts)
                throw new HttpRequestException($"failed to upload '{blob.Digest}': the registry lost the upload {attempt} times");
            await Task.Delay(retry.DelayAfter(attempt, null), retry.Time, cancellationToken);
        }
    }

    /// <summary>Where to send to; null where the registry mounted the blob.</summary>
    private async Task<Uri?> BeginAsync(OciDescriptor blob, string? mountFrom, CancellationToken cancellationToken)
    {
        var query = mountFrom is null ? "" : $"?mount={Uri.EscapeDataString(blob.Digest)}&from={Uri.EscapeDataString(mountFrom)}";
        using var response =
            await connection.SendAsync(() => new HttpRequestMessage(HttpMethod.Post, Address("blobs/uploads/" + query)), cancellationToken);
        await RegistryClient.RequireAsync(response, $"begin an upload to '{repository}'", cancellationToken);
        return response.StatusCode == HttpStatusCode.Created ? null : Location(response, connection.Root);
    }

    /// <summary>Sends the blob; false where the registry no longer knows the upload.</summary>
    private async Task<bool> TrySendAsync(Uri session, OciDescriptor blob, Action<long> progress, CancellationToken cancellationToken)
    {
        var at = new Position(session, 0);
        // Only beyond what has arrived before do failures count anew: a registry that loses it each time would be sent it for ever.
        var furthest = 0L;
        for (var failures = 0; at.Offset < blob.Size && blob.Size > ChunkBytes;)
        {
            var chunk = await archive.ReadAsync(blob, at.Offset, ChunkBytes, cancellationToken);
            var (next, asked) = await TryPatchAsync(at, chunk, cancellationToken);
            if (next is null)
            {
                if (++failures == retry.Attempts)
                    throw new HttpRequestException(
                        $"failed to upload '{blob.Digest}': the connection broke {failures} times at byte {furthest}");
                await Task.Delay(retry.DelayAfter(failures, asked), retry.Time, cancellationToken);
                next = await AskAsync(at.Session, cancellationToken);
                if (next is null || next.Offset > blob.Size)
                    return false;
            }

            if (next.Offset > furthest)
                (furthest, failures) = (next.Offset, 0);
            at = next;
            progress(at.Offset);
        }

        var rest = at.Offset == 0 ? await archive.ReadAsync(blob, 0, ChunkBytes, cancellationToken) : [];
        using var response =
            await connection.SendAsync(() => Request(HttpMethod.Put, WithDigest(at.Session, blob.Digest), rest, null), cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return await IsThereAsync(blob, cancellationToken);
        await RegistryClient.RequireAsync(response, $"finish the upload of '{blob.Digest}'", cancellationToken);
        return true;
    }

    // An answer that was lost on its way back leaves the blob in place and the upload gone.
    private async Task<bool> IsThereAsync(OciDescriptor blob, CancellationToken cancellationToken)
    {
        using var head =
            await connection.SendAsync(() => new HttpRequestMessage(HttpMethod.Head, Address($"blobs/{blob.Digest}")), cancellationToken);
        return head.StatusCode == HttpStatusCode.OK;
    }

    /// <summary>One chunk, one attempt; no position where it is not known how much has arrived, with the pause that the registry asks for.</summary>
    private async Task<(Position? At, RetryConditionHeaderValue? Pause)> TryPatchAsync(Position at, byte[] chunk, CancellationToken cancellationToken)
    {
        try
        {
            using var response =
                await connection.SendOnceAsync(() => Request(HttpMethod.Patch, at.Session, chunk, at.Offset), cancellationToken);
            if ((int)response.StatusCode is 404 or 408 or 416 or 429 or >= 500)
                return (null, response.Headers.RetryAfter);
            await RegistryClient.RequireAsync(response, $"upload to '{repository}'", cancellationToken);
            return (new Position(Location(response, at.Session), at.Offset + chunk.Length), null);
        }
        catch (Exception e) when (RetryPolicy.IsDrop(e))
        {
            return (null, null);
        }
    }

    /// <summary>How much has arrived, by the registry's own account; null where it no longer knows the upload.</summary>
    private async Task<Position?> AskAsync(Uri session, CancellationToken cancellationToken)
    {
        using var response = await connection.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, session), cancellationToken);
        if (!response.IsSuccessStatusCode)
            return null;
        var range = response.Headers.TryGetValues("Range", out var values) ? values.First() : "";
        var end = range.Replace("bytes=", "", StringComparison.Ordinal).Split('-').Last();
        var arrived = long.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last > 0 ? last + 1 : 0;
        return new Position(Location(response, session), arrived);
    }

    private static HttpRequestMessage Request(HttpMethod method, Uri address, byte[] content, long? offset)
    {
        var request = new HttpRequestMessage(method, address) { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        // The distribution API writes the range without a unit, which the typed header would refuse.
        if (offset is { } from)
            request.Content.Headers.TryAddWithoutValidation("Content-Range", $"{from}-{from + content.Length - 1}");
        return request;
    }

    private Uri Address(string path) => new(connection.Root, $"v2/{repository}/{path}");

    private static Uri Location(HttpResponseMessage response, Uri from) =>
        response.Headers.Location is { } location ? new Uri(from, location) : from;

    private static Uri WithDigest(Uri session, string digest) =>
        new($"{session}{(session.Query.Length == 0 ? "?" : "&")}digest={Uri.EscapeDataString(digest)}");

    private sealed record Position(Uri Session, long Offset);
}
