using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Slipway.LocalCloud.Protocol;

/// <summary>Checks Signature Version 4 as AWS does: key, scope, clock, signed headers and body.</summary>
internal sealed class SignatureVerifier(Identities identities, TimeProvider time)
{
    private const string UnsignedPayload = "UNSIGNED-PAYLOAD";
    private const string Mismatch =
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. " +
        "Consult the service documentation for details.";

    private static readonly string[] MustBeSigned = ["x-amz-date", "x-amz-target", "x-amz-security-token"];
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(15);

    /// <summary>Who signed the request; an <see cref="ApiException"/> where nobody did, or not rightly.</summary>
    public Identity Verify(HttpRequest request, ReadOnlySpan<byte> body, string service)
    {
        string? header = request.Headers.Authorization;
        if (string.IsNullOrEmpty(header)) throw new ApiException("MissingAuthenticationTokenException", "Missing Authentication Token");
        var authorization = Authorization.Parse(header);
        var identity = identities.Find(authorization.AccessKeyId)
            ?? throw new ApiException("UnrecognizedClientException", "The security token included in the request is invalid.");
        CheckToken(identity, request.Headers["X-Amz-Security-Token"]);
        if (authorization.Region != Account.Region)
            throw Invalid($"Credential should be scoped to a valid region, not '{authorization.Region}'. LocalCloud lives in '{Account.Region}'.");
        if (authorization.Service != service) throw Invalid($"Credential should be scoped to correct service: '{service}'.");

        var stamp = Stamp(request, authorization);
        var expected = Sign(identity.SecretAccessKey, authorization, stamp, CanonicalRequest(request, authorization, BodyHash(request, body)));
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(authorization.Signature)))
            throw Invalid(Mismatch);
        if (identity.ExpiresAt <= time.GetUtcNow()) throw new ApiException("ExpiredTokenException", "The security token included in the request is expired");
        return identity;
    }

    private static void CheckToken(Identity identity, string? token)
    {
        var expected = identity.SessionToken ?? "";
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(token ?? "")))
            throw new ApiException("UnrecognizedClientException", "The security token included in the request is invalid.");
    }

    private string Stamp(HttpRequest request, Authorization authorization)
    {
        string? text = request.Headers["X-Amz-Date"];
        if (string.IsNullOrEmpty(text))
            throw new ApiException("IncompleteSignatureException", "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
        if (!DateTimeOffset.TryParseExact(
            text, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var stamp))
        {
            throw new ApiException("IncompleteSignatureException", $"Date must be in ISO-8601 'basic format'. Got '{text}'.");
        }

        if (!text.StartsWith(authorization.Date, StringComparison.Ordinal) || authorization.Date.Length != 8)
            throw Invalid($"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{authorization.Date}' != '{text[..8]}'.");
        var now = time.GetUtcNow();
        if (stamp < now - Skew) throw Invalid($"Signature expired: {text} is now earlier than {Format(now - Skew)} ({Format(now)} - 15 min.)");
        if (stamp > now + Skew) throw Invalid($"Signature not yet current: {text} is still later than {Format(now + Skew)} ({Format(now)} + 15 min.)");
        return text;
    }

    private static string BodyHash(HttpRequest request, ReadOnlySpan<byte> body)
    {
        var actual = Convert.ToHexStringLower(SHA256.HashData(body));
        string? stated = request.Headers["X-Amz-Content-Sha256"];
        if (string.IsNullOrEmpty(stated) || stated == actual) return actual;
        if (stated == UnsignedPayload) return stated;
        throw Invalid("The value of the header 'x-amz-content-sha256' does not match the SHA-256 of the body.");
    }

    private static string CanonicalRequest(HttpRequest request, Authorization authorization, string bodyHash)
    {
        if (!authorization.SignedHeaders.Contains("host", StringComparer.Ordinal))
            throw Invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
        var unsigned = MustBeSigned.FirstOrDefault(
            name => request.Headers.ContainsKey(name) && !authorization.SignedHeaders.Contains(name, StringComparer.Ordinal));
        if (unsigned is not null) throw Invalid($"'{unsigned}' must be a 'SignedHeader' in the AWS Authorization.");

        var canonical = new StringBuilder().Append(request.Method).Append('\n').Append(RawPath(request)).Append('\n').Append(Query(request)).Append('\n');
        foreach (var name in authorization.SignedHeaders)
        {
            var values = request.Headers[name].Select(value => string.Join(' ', (value ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)));
            canonical.Append(name).Append(':').AppendJoin(',', values).Append('\n');
        }

        return canonical.Append('\n').AppendJoin(';', authorization.SignedHeaders).Append('\n').Append(bodyHash).ToString();
    }

    /// <summary>The APIs live at "/" alone, so there is nothing to encode.</summary>
    private static string RawPath(HttpRequest request) => request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];

    private static string Query(HttpRequest request)
    {
        var pairs = request.Query.SelectMany(parameter => parameter.Value.Select(
            value => $"{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString(value ?? "")}"));
        return string.Join('&', pairs.Order(StringComparer.Ordinal));
    }

    private static string Sign(string secret, Authorization authorization, string stamp, string canonicalRequest)
    {
        var toSign = $"{Authorization.Algorithm}\n{stamp}\n{authorization.Scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalRequest)))}";
        var key = Encoding.UTF8.GetBytes("AWS4" + secret);
        foreach (var part in new[] { authorization.Date, authorization.Region, authorization.Service, "aws4_request" })
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
    }

    private static string Format(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static ApiException Invalid(string message) => new("InvalidSignatureException", message);
}
