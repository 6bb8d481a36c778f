using System.Buffers.Text;
using System.Text.Json;
using Slipway.Deployment.Reporting;

namespace Slipway.Deployment.Aws.GitHub;

/// <summary>What a token says of its job. Read without a check of its signature: only to tell a person what a trust policy has to allow.</summary>
/// <param name="Subject">"repo:owner/name:environment:production".</param>
/// <param name="Audience">"sts.amazonaws.com".</param>
/// <param name="Issuer">"https://token.actions.githubusercontent.com".</param>
internal sealed record TokenClaims(string? Subject, string? Audience, string? Issuer)
{
    private const int Longest = 300;

    /// <summary>The name that trust policies know the issuer by: without scheme.</summary>
    public string Provider => Issuer?.StartsWith("https://", StringComparison.Ordinal) == true ? Issuer[8..] : "token.actions.githubusercontent.com";

    /// <summary>Reads the middle part of a JSON Web Token; claims that are not there are null.</summary>
    public static TokenClaims Read(string token)
    {
        try
        {
            if (token.Split('.') is not [_, var body, ..]) return new TokenClaims(null, null, null);
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(body));
            return new TokenClaims(Text(claims.RootElement, "sub"), Text(claims.RootElement, "aud"), Text(claims.RootElement, "iss"));
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            return new TokenClaims(null, null, null);
        }
    }

    public override string ToString() => $"sub '{Subject ?? "?"}', aud '{Audience ?? "?"}', iss '{Issuer ?? "?"}'";

    private static string? Text(JsonElement claims, string name) =>
        !claims.TryGetProperty(name, out var claim) ? null
        : claim.ValueKind == JsonValueKind.String ? PlainText.Of(claim.GetString()!, Longest)
        : claim.ValueKind == JsonValueKind.Array && claim.GetArrayLength() == 1 ? PlainText.Of(claim[0].ToString(), Longest)
        : null;
}
