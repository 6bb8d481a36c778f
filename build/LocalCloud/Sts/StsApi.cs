using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.AspNetCore.WebUtilities;
using Slipway.LocalCloud.Hosting;
using Slipway.LocalCloud.Protocol;

namespace Slipway.LocalCloud.Sts;

/// <summary>Security Token Service in the Query protocol: a form goes in, XML comes out.</summary>
internal sealed partial class StsApi(SignatureVerifier verifier, Identities identities, CallGate gate, TimeProvider time)
{
    private const string Version = "2011-06-15";
    private const string WithWebIdentity = "AssumeRoleWithWebIdentity";
    private const int MostFields = 100;

    private static readonly XNamespace Xml = "https://sts.amazonaws.com/doc/2011-06-15/";

    /// <summary>Query requests are forms; the JSON services name a target.</summary>
    public static bool Takes(HttpRequest request) =>
        !request.Headers.ContainsKey("X-Amz-Target") &&
        request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;

    public async Task HandleAsync(HttpContext context, byte[] body, string requestId)
    {
        try
        {
            var form = Form(body);
            var action = form.GetValueOrDefault("Action", "");

            // The one call that is not signed: its token says who asks.
            var caller = action == WithWebIdentity ? null : verifier.Verify(context.Request, body, "sts");
            if (await gate.EndsAsync(context, $"sts:{action}")) return;
            if (form.GetValueOrDefault("Version", Version) != Version) throw Unknown(action, form["Version"]);
            var result = action switch
            {
                "GetCallerIdentity" => CallerIdentity(caller!),
                "AssumeRole" => AssumeRole(action, form, []),
                WithWebIdentity => AssumeRole(action, form, Subject(form)),
                _ => throw Unknown(action, form.GetValueOrDefault("Version", Version)),
            };
            await WriteAsync(context, 200, new XElement(Xml + $"{action}Response", result, Metadata(requestId)));
        }
        catch (ApiException refusal)
        {
            var (code, status) = QueryCode(refusal);
            await WriteAsync(context, status, new XElement(
                Xml + "ErrorResponse",
                new XElement(Xml + "Error", new XElement(Xml + "Type", status < 500 ? "Sender" : "Receiver"), new XElement(Xml + "Code", code), new XElement(Xml + "Message", Printable(refusal.Message))),
                new XElement(Xml + "RequestId", requestId)));
        }
    }

    private static XElement CallerIdentity(Identity caller) => new(
        Xml + "GetCallerIdentityResult",
        new XElement(Xml + "Arn", caller.Arn), new XElement(Xml + "UserId", caller.UserId), new XElement(Xml + "Account", Account.Id));

    private XElement[] Subject(Dictionary<string, string> form)
    {
        var token = WebIdentityToken.Read(form.GetValueOrDefault("WebIdentityToken", ""), time.GetUtcNow());
        return
        [
            new XElement(Xml + "SubjectFromWebIdentityToken", Printable(token.Subject)), new XElement(Xml + "Audience", token.Audience),
            new XElement(Xml + "Provider", Account.Arn("iam", $"oidc-provider/{WebIdentityToken.Provider}").Replace($":{Account.Region}:", "::", StringComparison.Ordinal)),
        ];
    }

    private XElement AssumeRole(string action, Dictionary<string, string> form, XElement[] subject)
    {
        var role = RoleArn().Match(form.GetValueOrDefault("RoleArn", ""));
        if (!role.Success) throw new ApiException("ValidationError", $"{form.GetValueOrDefault("RoleArn", "")} is invalid");
        if (role.Groups["account"].Value != Account.Id)
            throw new ApiException("AccessDenied", $"User: {Account.UserArn} is not authorized to perform: sts:{action} on resource: {form["RoleArn"]}", 403);
        var name = form.GetValueOrDefault("RoleSessionName", "");
        if (!SessionName().IsMatch(name))
            throw new ApiException("ValidationError", "1 validation error detected: Value at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]{2,64}");
        var duration = form.GetValueOrDefault("DurationSeconds", "3600");
        if (!int.TryParse(duration, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds is < 900 or > 43200)
            throw new ApiException("ValidationError", $"1 validation error detected: Value '{duration}' at 'durationSeconds' failed to satisfy constraint: Member must have value between 900 and 43200");
        var session = identities.Assume(role.Groups["name"].Value, name, TimeSpan.FromSeconds(seconds));
        return new XElement(
            Xml + $"{action}Result",
            subject,
            new XElement(Xml + "AssumedRoleUser", new XElement(Xml + "AssumedRoleId", session.UserId), new XElement(Xml + "Arn", session.Arn)),
            new XElement(
                Xml + "Credentials",
                new XElement(Xml + "AccessKeyId", session.AccessKeyId),
                new XElement(Xml + "SecretAccessKey", session.SecretAccessKey),
                new XElement(Xml + "SessionToken", session.SessionToken),
                new XElement(Xml + "Expiration", session.ExpiresAt!.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))),
            new XElement(Xml + "PackedPolicySize", 0));
    }

    private static Dictionary<string, string> Form(byte[] body)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in new QueryStringEnumerable(Encoding.UTF8.GetString(body)))
        {
            form[pair.DecodeName().ToString()] = pair.DecodeValue().ToString();
            if (form.Count > MostFields) throw new ApiException("MalformedQueryString", "The query string has too many fields.");
        }

        return form;
    }

    private static XElement Metadata(string requestId) => new(Xml + "ResponseMetadata", new XElement(Xml + "RequestId", requestId));

    /// <summary>The Query protocol has older names for what the signature check finds.</summary>
    private static (string Code, int Status) QueryCode(ApiException refusal) => refusal.Code switch
    {
        "MissingAuthenticationTokenException" => ("MissingAuthenticationToken", 403),
        "UnrecognizedClientException" => ("InvalidClientTokenId", 403),
        "InvalidSignatureException" => ("SignatureDoesNotMatch", 403),
        "IncompleteSignatureException" => ("IncompleteSignature", 400),
        "ThrottlingException" => ("Throttling", 400),
        "AccessDeniedException" => ("AccessDenied", 403),
        "ExpiredTokenException" => ("ExpiredToken", 403),
        "ServerException" => ("InternalFailure", 500),
        _ => (refusal.Code, refusal.Status),
    };

    private static ApiException Unknown(string action, string version) =>
        new("InvalidAction", $"Could not find operation {action} for version {version}; LocalCloud's STS has GetCallerIdentity, AssumeRole and AssumeRoleWithWebIdentity.");

    /// <summary>XML has no form for control characters, and a request may bring them.</summary>
    private static string Printable(string text) => string.Concat(text.Select(letter => System.Xml.XmlConvert.IsXmlChar(letter) ? letter : '?'));

    private static Task WriteAsync(HttpContext context, int status, XElement document)
    {
        var bytes = Encoding.UTF8.GetBytes(document.ToString(SaveOptions.DisableFormatting));
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/xml";
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    [GeneratedRegex(@"\Aarn:aws:iam::(?<account>[0-9]{12}):role/([!-~]*/)?(?<name>[A-Za-z0-9_+=,.@-]{1,64})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex RoleArn();

    [GeneratedRegex(@"\A[A-Za-z0-9_+=,.@-]{2,64}\z")]
    private static partial Regex SessionName();
}
