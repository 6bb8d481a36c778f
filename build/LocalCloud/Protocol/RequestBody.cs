using Microsoft.AspNetCore.Http.Features;

namespace Slipway.LocalCloud.Protocol;

/// <summary>Reads a small body whole, within a bound.</summary>
internal static class RequestBody
{
    /// <summary>
    /// The server reads what is left of a body after the answer, so that the client gets to see the answer; beyond this it closes the connection.
    /// </summary>
    private const int Patience = 8;

    /// <summary>Null where the body is longer than <paramref name="most"/> bytes.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int most, CancellationToken cancellationToken)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = (long)most * Patience;
        try
        {
            if (request.ContentLength > most) return null;
            using var buffer = new MemoryStream();
            var chunk = new byte[16 * 1024];
            int read;
            while ((read = await request.Body.ReadAsync(chunk, cancellationToken)) > 0)
            {
                if (buffer.Length + read > most) return null;
                await buffer.WriteAsync(chunk.AsMemory(0, read), cancellationToken);
            }

            return buffer.ToArray();
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
    }
}
