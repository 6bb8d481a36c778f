using System.Globalization;
using Amazon.Runtime;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Aws;

/// <summary>Whether credentials end while a run lasts, as far as the SDK, or the one who exported them, tells. Pure.</summary>
internal static class CredentialSessions
{
    /// <summary>What "aws configure export-credentials" and others set beside the keys, in ISO 8601.</summary>
    internal const string ExpirationVariable = "AWS_CREDENTIAL_EXPIRATION";

    /// <summary>Null where they do not end, or where the SDK gets new ones itself: roles, web identities, SSO, containers, instances, processes.</summary>
    public static CredentialSession? Of(AWSCredentials credentials, string? sessionToken, Func<string, string?> variable)
    {
        if (string.IsNullOrEmpty(sessionToken) || credentials is not (EnvironmentVariablesAWSCredentials or SessionAWSCredentials)) return null;
        if (credentials.Expiration is { } told) return new CredentialSession(Moment.Of(told));

        // The variable is about the keys in the environment, not about those of a profile.
        var isRead = DateTimeOffset.TryParse(variable(ExpirationVariable), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var written);
        return new CredentialSession(isRead && credentials is EnvironmentVariablesAWSCredentials ? written.ToUniversalTime() : null);
    }
}
