namespace Slipway.LocalCloud.Protocol;

/// <summary>The Authorization header of Signature Version 4, taken apart.</summary>
internal sealed record Authorization(
    string AccessKeyId, string Date, string Region, string Service, IReadOnlyList<string> SignedHeaders, string Signature)
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    public string Scope => $"{Date}/{Region}/{Service}/aws4_request";

    public static Authorization Parse(string header)
    {
        if (!header.StartsWith(Algorithm + " ", StringComparison.Ordinal)) throw Incomplete("Authorization header requires the algorithm 'AWS4-HMAC-SHA256'.");
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in header[(Algorithm.Length + 1)..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0) parts[part[..equals]] = part[(equals + 1)..];
        }

        var missing = new[] { "Credential", "SignedHeaders", "Signature" }.Where(name => string.IsNullOrEmpty(parts.GetValueOrDefault(name))).ToList();
        if (missing.Count > 0) throw Incomplete(string.Join(' ', missing.Select(name => $"Authorization header requires '{name}' parameter.")));

        // The key may hold slashes; the scope is the last four parts.
        var credential = parts["Credential"].Split('/');
        if (credential.Length < 5 || credential[^1] != "aws4_request")
            throw Incomplete("Credential must have the form key/date/region/service/aws4_request.");
        return new Authorization(
            string.Join('/', credential[..^4]), credential[^4], credential[^3], credential[^2], parts["SignedHeaders"].Split(';'), parts["Signature"]);
    }

    private static ApiException Incomplete(string message) => new("IncompleteSignatureException", message);
}
