namespace Slipway.Deployment.Settings.Access;

/// <summary>
/// The environment variables that the AWS SDK reads itself, and what people paste into them. A secret that does not exist is an empty
/// variable in GitHub Actions, and a pasted one often ends with a line end: both mislead the SDK, which takes values as they are.
/// </summary>
public static class AwsVariables
{
    internal const string KeyId = "AWS_ACCESS_KEY_ID";
    internal const string Secret = "AWS_SECRET_ACCESS_KEY";
    internal const string SessionToken = "AWS_SESSION_TOKEN";
    internal const string Profile = "AWS_PROFILE";
    internal const string RoleArn = "AWS_ROLE_ARN";
    internal const string RoleSessionName = "AWS_ROLE_SESSION_NAME";
    internal const string TokenFile = "AWS_WEB_IDENTITY_TOKEN_FILE";
    internal const string Region = "AWS_REGION";

    /// <summary>Listed by the Settings target where AWS is deployed to, so that a person sees which ones are in force.</summary>
    internal static IReadOnlyList<(string Name, bool Secret)> OfSdk { get; } =
    [
        (KeyId, true), (Secret, true), (SessionToken, true), (Profile, false), (RoleArn, false), (RoleSessionName, false), (TokenFile, false),
        ("AWS_CREDENTIAL_EXPIRATION", false), ("AWS_SHARED_CREDENTIALS_FILE", false), ("AWS_CONFIG_FILE", false),
        ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", false), ("AWS_CONTAINER_CREDENTIALS_FULL_URI", false), ("AWS_EC2_METADATA_DISABLED", false),
        ("AWS_USE_FIPS_ENDPOINT", false), ("AWS_USE_DUALSTACK_ENDPOINT", false), ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", false),
        ("AWS_ENDPOINT_URL", false), ("AWS_ENDPOINT_URL_ECS", false), ("AWS_ENDPOINT_URL_ECR", false), ("AWS_ENDPOINT_URL_STS", false),
        ("AWS_ENDPOINT_URL_CLOUDWATCH_LOGS", false), ("AWS_ENDPOINT_URL_EC2", false), ("AWS_ENDPOINT_URL_SSM", false),
    ];

    /// <summary>All that are pasted from AWS's console: none of them can hold blanks or quotes at its ends.</summary>
    private static HashSet<string> Pasted { get; } =
        [.. OfSdk.Select(variable => variable.Name), Region, "AWS_DEFAULT_REGION", "ECR_REPOSITORY", "ECS_CLUSTER", "ECS_SERVICE"];

    /// <summary>A variable as it is meant: one of these without what was pasted around it, null where nothing is left; any other as it is.</summary>
    internal static string? Meant(string name, string? value)
    {
        if (value is null || !Pasted.Contains(name)) return value;
        var meant = value.Trim();
        if (meant.Length >= 2 && meant[0] is '"' or '\'' && meant[^1] == meant[0]) meant = meant[1..^1].Trim();
        return meant.Length == 0 ? null : meant;
    }

    /// <summary>The variables that hold more than is meant, sorted; blank ones, which count as unset, are not worth a word.</summary>
    internal static IEnumerable<string> Untidy(Func<string, string?> variable) =>
        from name in Pasted.Order(StringComparer.Ordinal)
        let meant = Meant(name, variable(name))
        where meant is not null && meant != variable(name)
        select name;

    /// <summary>
    /// Lets the SDK, and the programs that it starts, see the variables of this process as they are meant, and the region of the settings
    /// where no <c>AWS_REGION</c> says another: the SDK's own calls for credentials do not know <c>AWS_DEFAULT_REGION</c>.
    /// </summary>
    public static void TidyProcess(string region)
    {
        foreach (var name in Pasted)
        {
            var value = Environment.GetEnvironmentVariable(name);
            var meant = Meant(name, value);
            if (meant != value) Environment.SetEnvironmentVariable(name, meant);
        }

        if (Environment.GetEnvironmentVariable(Region) is null) Environment.SetEnvironmentVariable(Region, region);
    }
}
