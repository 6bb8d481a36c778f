using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.Images;

/// <summary>Reads what a registry answers, within bounds.</summary>
internal static class RegistryText
{
    public static async Task<byte[]> ReadAsync(HttpResponseMessage response, int most, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var content = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (content.Length + read > most)
                throw new InvalidDataException($"the answer has more than {most} bytes");
            await content.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return content.ToArray();
    }

    /// <summary>"HTTP 400 TAG_INVALID: …": the status, with the first error of the distribution specification's form.</summary>
    public static async Task<string> DescribeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = $"HTTP {(int)response.StatusCode}";
        try
        {
            var body = await ReadAsync(response, 64 * 1024, cancellationToken);
            var error = JObject.Parse(Encoding.UTF8.GetString(body))["errors"]?.First;
            return error is JObject ? $"{status} {error["code"]}: {error["message"]}" : status;
        }
        catch (Exception e) when (
            e is JsonException or IOException or InvalidDataException or HttpRequestException or InvalidOperationException)
        {
            return status;
        }
    }
}
