using Slipway.Deployment.Settings.Access;

namespace Slipway.Deployment.Reporting;

/// <summary>The secrets that a run is given by its environment. Pure.</summary>
public static class EnvironmentSecrets
{
    private static readonly string[] proxies = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"];

    /// <summary>Each value that no log may show: the keys of AWS, and the password of a proxy as it is written and as it is meant.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    public static IEnumerable<string> Find(Func<string, string?> variable)
    {
        var keys = AwsVariables.OfSdk.Where(known => known.Secret).Select(known => AwsVariables.Meant(known.Name, variable(known.Name)));
        var passwords = proxies.SelectMany(name => new[] { name, name.ToLowerInvariant() }).SelectMany(name => PasswordOf(variable(name)));
        return keys.Concat(passwords).Where(secret => !string.IsNullOrEmpty(secret)).Select(secret => secret!).Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string> PasswordOf(string? address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.UserInfo.Split(':', 2) is not [_, { Length: > 0 } password]) return [];
        return [password, Uri.UnescapeDataString(password)];
    }
}
