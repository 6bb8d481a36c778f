using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.Images;

/// <summary>Puts what a registry answers into words.</summary>
internal static class RegistryText
{
    /// <summary>"HTTP 400 TAG_INVALID: …": the status, with the first error of the distribution specification's form.</summary>
    public static async Task<string> DescribeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = $"HTTP {(int)response.StatusCode}";
        try
        {
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            var error = JObject.Parse(Encoding.UTF8.GetString(body))["errors"]?.First;
            return error is JObject ? $"{status} {error["code"]}: {error["message"]}" : status;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return status;
        }
    }
}
