using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Slipway.LocalCloud.Protocol;

namespace Slipway.LocalCloud.Sts;

/// <summary>
/// The claims of a job's token, as the account's one OIDC provider and the trust policy of its roles take them. The signature is NOT verified:
/// whoever reaches the loopback port may write a token.
/// </summary>
internal sealed record WebIdentityToken(string Subject, string Audience)
{
    public const string Provider = "token.actions.githubusercontent.com";
    private const string OnlyAudience = "sts.amazonaws.com";
    private const int Longest = 20_000;

    /// <summary>The claims; an <see cref="ApiException"/> in the words of STS where they are refused.</summary>
    public static WebIdentityToken Read(string token, DateTimeOffset now)
    {
        using var claims = Claims(token);
        var issuer = Text(claims, "iss");
        if (issuer != $"https://{Provider}") throw Invalid($"No OpenIDConnect provider found in your account for {issuer}");
        if (Text(claims, "aud") is not OnlyAudience) throw Invalid("Incorrect token audience");
        if (!claims.RootElement.TryGetProperty("exp", out var exp) || exp.ValueKind != JsonValueKind.Number || !exp.TryGetInt64(out var seconds))
            throw Invalid("Missing a required claim: exp");
        if (seconds <= now.ToUnixTimeSeconds())
        {
            throw new ApiException("ExpiredTokenException", string.Create(
                CultureInfo.InvariantCulture, $"Token expired: current date/time {now.ToUnixTimeSeconds()} must be before the expiration date/time {seconds}"));
        }

        return Text(claims, "sub") is var subject && subject.StartsWith("repo:", StringComparison.Ordinal)
            ? new WebIdentityToken(subject, OnlyAudience)
            : throw new ApiException("AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity", 403);
    }

    private static JsonDocument Claims(string token)
    {
        try
        {
            if (token.Length <= Longest && token.Split('.') is [_, var body, _]
                && JsonDocument.Parse(Base64Url.DecodeFromChars(body)) is { RootElement.ValueKind: JsonValueKind.Object } claims)
            {
                return claims;
            }
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            // Refused below.
        }

        throw Invalid("The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)");
    }

    private static string Text(JsonDocument claims, string name) =>
        claims.RootElement.TryGetProperty(name, out var claim) && claim.ValueKind == JsonValueKind.String ? claim.GetString()! : "";

    private static ApiException Invalid(string message) => new("InvalidIdentityToken", message);
}
