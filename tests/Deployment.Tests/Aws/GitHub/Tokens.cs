using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Slipway.Deployment.Tests.Aws.GitHub;

/// <summary>Tokens as GitHub hands them out, with a signature that means nothing.</summary>
internal static class Tokens
{
    public const string Issuer = "https://token.actions.githubusercontent.com";

    public static string Of(string subject, object? audience = null, string issuer = Issuer)
    {
        var claims = JsonSerializer.Serialize(new { sub = subject, aud = audience ?? "sts.amazonaws.com", iss = issuer, exp = 4102444800 });
        return $"{Part("""{"alg":"RS256"}""")}.{Part(claims)}.bWFya2VkLXNpZ25hdHVyZQ";
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
