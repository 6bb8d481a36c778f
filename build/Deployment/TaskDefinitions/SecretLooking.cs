namespace Slipway.Deployment.TaskDefinitions;

/// <summary>
/// Whether a value had better not be shown: by the words of its name, or by its own form. A guess in favour of hiding; what it hides is
/// hidden from people only, never from the service.
/// </summary>
public static class SecretLooking
{
    private const int ShortestToken = 20;

    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "password", "passwd", "passphrase", "pwd", "pass", "secret", "secrets", "token", "credential", "credentials", "apikey", "key", "keys",
        "auth", "authorization", "dsn", "signature", "salt", "pin", "cookie", "bearer", "certificate", "license", "webhook",
    };

    /// <summary>Words that make a "key" harmless: a public key, the name or id of a key.</summary>
    private static readonly HashSet<string> Harmless = new(StringComparer.OrdinalIgnoreCase)
    {
        "public", "name", "id", "path", "file", "url", "uri", "arn", "count", "length", "size", "type", "enabled", "ttl", "seconds", "timeout", "endpoint", "issuer",
    };

    /// <summary>Whether the entry is hidden: its name or its value looks like a secret.</summary>
    public static bool Is(string? name, string? value) => (name is not null && Name(name)) || (value is not null && Value(value));

    /// <summary>By the words of a name: "DB_PASSWORD", "apiKey", "client-secret"; not "KEYBOARD", "TOKENIZER" or "KEY_COUNT".</summary>
    public static bool Name(string name)
    {
        var words = WordsOf(name);
        return words.Exists(Words.Contains) && !Harmless.Contains(words[^1]) && !words.Contains("public", StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>By form: a private key, an AWS access key, a JSON web token, an address or a connection string with a password in it.</summary>
    public static bool Value(string value) =>
        value.Contains("-----BEGIN ", StringComparison.Ordinal)
        || IsAccessKey(value)
        || IsWebToken(value)
        || HasTokenPrefix(value)
        || HasPassword(value);

    private static bool IsAccessKey(string value) =>
        value.Length == 20 && (value.StartsWith("AKIA", StringComparison.Ordinal) || value.StartsWith("ASIA", StringComparison.Ordinal))
        && value.All(char.IsAsciiLetterOrDigit);

    private static bool IsWebToken(string value) => value.StartsWith("eyJ", StringComparison.Ordinal) && value.Count(c => c == '.') == 2;

    // As GitHub, GitLab, Slack and Stripe mark theirs.
    private static bool HasTokenPrefix(string value) => value.Length >= ShortestToken
        && new[] { "ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "sk_live_", "rk_live_" }
            .Any(prefix => value.StartsWith(prefix, StringComparison.Ordinal));

    // "postgres://user:password@host" and "Host=db;Password=…".
    private static bool HasPassword(string value)
    {
        var scheme = value.IndexOf("://", StringComparison.Ordinal);
        if (scheme > 0)
        {
            var authority = value[(scheme + 3)..].Split('/', '?', '#')[0];
            var at = authority.LastIndexOf('@');
            if (at > 0 && authority[..at].Contains(':', StringComparison.Ordinal)) return true;
        }

        return value.Split(';').Any(part => part.Split('=', 2) is [var key, { Length: > 0 }] && key.Length <= 40 && value.Contains(';', StringComparison.Ordinal) && Name(key.Trim()));
    }

    /// <summary>"dbPassword", "DB_PASSWORD" and "db-password" have the same two words.</summary>
    private static List<string> WordsOf(string name)
    {
        var words = new List<string>();
        var start = 0;
        for (var index = 0; index <= name.Length; index++)
        {
            var ends = index == name.Length || !char.IsLetterOrDigit(name[index]);
            var turns = !ends && index > start && char.IsUpper(name[index]) && (char.IsLower(name[index - 1]) || char.IsDigit(name[index - 1]));
            if (!ends && !turns) continue;
            if (index > start) words.Add(name[start..index]);
            start = ends ? index + 1 : index;
        }

        return words;
    }
}
