using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Slipway.LocalCloud.Protocol;

namespace Slipway.LocalCloud.Tests.Support;

/// <summary>
/// Signs by the published steps of Signature Version 4, on its own: what <see cref="Sign"/> gets wrong on purpose is what a test is about.
/// </summary>
internal sealed class SignedClient(HttpClient http)
{
    private static readonly Dictionary<string, (string Prefix, string Name)> Services = new(StringComparer.Ordinal)
    {
        ["ecs"] = ("AmazonEC2ContainerServiceV20141113", "ecs"),
        ["ecr"] = ("AmazonEC2ContainerRegistry_V20150921", "ecr"),
        ["logs"] = ("Logs_20140328", "logs"),
    };

    /// <summary>What is signed with; a test changes one of it.</summary>
    public Signing Sign { get; init; } = new();

    /// <summary>Calls an operation and answers with status and document.</summary>
    public async Task<Answer> CallAsync(string service, string operation, JsonNode? input = null) =>
        await SendAsync(service, $"{Services[service].Prefix}.{operation}", Encoding.UTF8.GetBytes(input?.ToJsonString() ?? "{}"));

    /// <summary>Calls an operation that must succeed.</summary>
    public async Task<JsonObject> OkAsync(string service, string operation, JsonNode? input = null)
    {
        var answer = await CallAsync(service, operation, input);
        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        return answer.Json;
    }

    public async Task<Answer> SendAsync(string service, string target, byte[] body, string contentType = "application/x-amz-json-1.1")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (target.Length > 0) request.Headers.Add("X-Amz-Target", target);
        Add(request, service, body);
        using var response = await http.SendAsync(request);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers);
    }

    private void Add(HttpRequestMessage request, string service, byte[] body)
    {
        var stamp = Sign.At.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var date = stamp[..8];
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["content-type"] = request.Content!.Headers.ContentType!.ToString(),
            ["host"] = http.BaseAddress!.Authority,
            ["x-amz-date"] = stamp,
        };
        request.Headers.Add("X-Amz-Date", stamp);
        if (request.Headers.TryGetValues("X-Amz-Target", out var target)) headers["x-amz-target"] = target.Single();
        if (Sign.SessionToken is { } token) Put(request, headers, "x-amz-security-token", token);
        var hash = Sign.BodyHash ?? Hex(SHA256.HashData(body));
        if (Sign.SendsBodyHash) Put(request, headers, "x-amz-content-sha256", hash);

        var names = string.Join(';', headers.Keys);
        var canonical = $"POST\n/\n\n{string.Concat(headers.Select(header => $"{header.Key}:{header.Value}\n"))}\n{names}\n{hash}";
        var scope = $"{date}/{Sign.Region}/{Sign.Service ?? service}/aws4_request";
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + Sign.Secret), (secret, part) => HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(part)));
        var signature = Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}")));
        request.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential={Sign.Key}/{scope}, SignedHeaders={names}, Signature={signature}");
    }

    private static void Put(HttpRequestMessage request, SortedDictionary<string, string> headers, string name, string value)
    {
        request.Headers.Add(name, value);
        headers[name] = value;
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}

/// <summary>What a request is signed with.</summary>
internal sealed record Signing
{
    public string Key { get; init; } = Account.AccessKeyId;

    public string Secret { get; init; } = Account.SecretAccessKey;

    public string? SessionToken { get; init; }

    public string Region { get; init; } = Account.Region;

    /// <summary>Null: the service that is called.</summary>
    public string? Service { get; init; }

    public DateTimeOffset At { get; init; } = TimeProvider.System.GetUtcNow();

    /// <summary>Null: the body's own.</summary>
    public string? BodyHash { get; init; }

    public bool SendsBodyHash { get; init; }
}

/// <summary>An answer as it came.</summary>
internal sealed record Answer(int Status, string Text, HttpResponseHeaders Headers)
{
    public JsonObject Json => JsonNode.Parse(Text)!.AsObject();

    /// <summary>The error's code.</summary>
    public string? Code => Json["__type"]?.GetValue<string>();

    public string? Message => Json["message"]?.GetValue<string>();
}
