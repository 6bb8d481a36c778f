using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AWSSDK.Tests.Support;

/// <summary>Signature Version 4, written from its specification and not from the SDK: computes what the Authorization header must say.</summary>
internal static class SignatureCheck
{
    public static string Expected(ReceivedRequest request, string secret, string region, string service)
    {
        var authorization = request.Headers["Authorization"];
        var signedHeaders = Field(authorization, "SignedHeaders");
        var time = request.Headers["X-Amz-Date"];
        var date = time[..8];
        var scope = $"{date}/{region}/{service}/aws4_request";
        var headers = string.Concat(signedHeaders.Split(';').Select(name => $"{name}:{request.Headers[name].Trim()}\n"));
        var canonical = string.Join('\n', request.Method, request.Path, "", headers, signedHeaders, Hex(SHA256.HashData(request.Body)));
        var text = string.Join('\n', "AWS4-HMAC-SHA256", time, scope, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        var key = new[] { date, region, service, "aws4_request" }
            .Aggregate(Encoding.UTF8.GetBytes("AWS4" + secret), (current, part) => Hmac(current, part));
        var accessKey = Field(authorization, "Credential").Split('/')[0];
        return $"AWS4-HMAC-SHA256 Credential={accessKey}/{scope}, SignedHeaders={signedHeaders}, Signature={Hex(Hmac(key, text))}";
    }

    public static string Field(string authorization, string name)
    {
        var start = authorization.IndexOf(name + "=", StringComparison.Ordinal) + name.Length + 1;
        var end = authorization.IndexOf(',', start);
        return end < 0 ? authorization[start..] : authorization[start..end];
    }

    public static DateTimeOffset SignedAt(ReceivedRequest request) => DateTimeOffset.ParseExact(
        request.Headers["X-Amz-Date"], "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
