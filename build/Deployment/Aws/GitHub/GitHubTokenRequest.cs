using Slipway.Deployment.Settings.Access;

namespace Slipway.Deployment.Aws.GitHub;

/// <summary>
/// What GitHub Actions tells a job that may ask for a token of its own (docs.github.com, "OpenID Connect in cloud providers").
/// No record: the request token is a secret and must not be printed by accident.
/// </summary>
internal sealed class GitHubTokenRequest
{
    private const int LongestSessionName = 64;
    private const string Audience = "sts.amazonaws.com";

    private GitHubTokenRequest(Uri request, string requestToken, string sessionName) => (Address, RequestToken, SessionName) = (request, requestToken, sessionName);

    /// <summary>Where to ask, with the audience that AWS's trust policies name.</summary>
    public Uri Address { get; }

    /// <summary>The bearer of the request; not to be shown.</summary>
    public string RequestToken { get; }

    /// <summary>"slipway-RUN-ATTEMPT", as CloudTrail shows it.</summary>
    public string SessionName { get; }

    /// <summary>The job by its variables; a <see cref="SlipwayException"/> where it may not ask.</summary>
    public static GitHubTokenRequest Require(string roleArn, Func<string, string?> variable)
    {
        if (variable("ACTIONS_ID_TOKEN_REQUEST_URL") is not { Length: > 0 } url || variable("ACTIONS_ID_TOKEN_REQUEST_TOKEN") is not { Length: > 0 } token)
        {
            throw new SlipwayException(
                ExitCode.PreconditionFailed,
                $"AWS_ROLE_ARN is '{roleArn}', but this job may not ask GitHub for a token: ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN are not set.",
                "give the workflow or the job 'permissions: id-token: write' (with 'contents: read'); a pull request from a fork never gets it");
        }

        // The bearer must not cross a network in clear.
        var isGood = Uri.TryCreate(url, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
        if (!isGood)
        {
            throw new SlipwayException(
                ExitCode.PreconditionFailed, "ACTIONS_ID_TOKEN_REQUEST_URL is no https address.", "leave it as GitHub sets it: it is not for a workflow to set");
        }

        var separator = address!.Query.Length == 0 ? '?' : '&';
        return new GitHubTokenRequest(new Uri($"{url}{separator}audience={Audience}"), token, Name(variable));
    }

    private static string Name(Func<string, string?> variable)
    {
        var name = AwsVariables.Meant(AwsVariables.RoleSessionName, variable(AwsVariables.RoleSessionName))
            ?? string.Join('-', ((string?[])["slipway", variable("GITHUB_RUN_ID"), variable("GITHUB_RUN_ATTEMPT")]).Where(part => !string.IsNullOrEmpty(part)));

        // AssumeRoleWithWebIdentity, "RoleSessionName".
        var allowed = name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '=' or ',' or '.' or '@' or '-' ? letter : '-');
        return new string([.. allowed.Take(LongestSessionName)]);
    }
}
