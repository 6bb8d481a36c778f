namespace Slipway.Deployment.Settings.Access;

/// <summary>Where a run's credentials come from, as its variables say.</summary>
public enum CredentialKind
{
    /// <summary>Nothing is said: the profile "default", then the role of a container or an instance.</summary>
    Chain,

    /// <summary>Keys in the environment.</summary>
    Keys,

    /// <summary>The job's token of GitHub Actions, exchanged for a role.</summary>
    GitHub,

    /// <summary>A web identity token in a file, exchanged for a role.</summary>
    TokenFile,

    /// <summary>A named profile: keys, a role, SSO or a process.</summary>
    Profile,

    /// <summary>The embedded cloud's own keys.</summary>
    Embedded,
}

/// <summary>The source of a run's credentials, in the order in which the SDK looks: keys, web identity, profile, container, instance.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Description">For a person, without secrets: "role 'arn:…' by this job's GitHub token".</param>
/// <param name="Origin">The variable that says so.</param>
public sealed record CredentialSource(CredentialKind Kind, string Description, string Origin)
{
    private const string Default = "default";

    /// <summary>Where nothing is said.</summary>
    public static CredentialSource Chain { get; } =
        new(CredentialKind.Chain, "profile 'default', else the role of the container or instance", Default);

    /// <summary>For an environment on the embedded cloud.</summary>
    public static CredentialSource Embedded { get; } = new(CredentialKind.Embedded, "the embedded cloud's own keys", Default);

    /// <summary>The role of <see cref="CredentialKind.GitHub"/> and <see cref="CredentialKind.TokenFile"/>; null otherwise.</summary>
    public string? RoleArn { get; init; }

    /// <summary>Decides by the variables of a run; those that contradict each other are a problem of the settings.</summary>
    internal static CredentialSource Of(Func<string, string?> variable)
    {
        var role = variable(AwsVariables.RoleArn);
        if (variable(AwsVariables.KeyId) is not null && variable(AwsVariables.Secret) is not null)
        {
            return new CredentialSource(
                CredentialKind.Keys, variable(AwsVariables.SessionToken) is null ? "keys" : "keys of a session", AwsVariables.KeyId);
        }

        if (role is not null && variable(AwsVariables.TokenFile) is not null)
            return new CredentialSource(CredentialKind.TokenFile, $"role '{role}' by the token in a file", AwsVariables.TokenFile) { RoleArn = role };
        if (role is not null && IsGitHub(variable))
            return new CredentialSource(CredentialKind.GitHub, $"role '{role}' by this job's GitHub token", AwsVariables.RoleArn) { RoleArn = role };
        return variable(AwsVariables.Profile) is { } profile
            ? new CredentialSource(CredentialKind.Profile, $"profile '{profile}'", AwsVariables.Profile)
            : Chain;
    }

    /// <summary>Whether this is a job of GitHub Actions, or something that hands out tokens as one does.</summary>
    internal static bool IsGitHub(Func<string, string?> variable) =>
        variable("GITHUB_ACTIONS") == "true" || !string.IsNullOrEmpty(variable("ACTIONS_ID_TOKEN_REQUEST_URL"));
}
