using System.Text.RegularExpressions;
using Amazon.Runtime;

namespace Slipway.Deployment.Aws;

/// <summary>The kinds of policies that IAM's denials tell apart.</summary>
public enum DenyingPolicy
{
    /// <summary>The text does not say.</summary>
    Unknown,

    /// <summary>The user's or role's own policies, attached or inline.</summary>
    Identity,

    /// <summary>The policy of the repository, key, … itself.</summary>
    Resource,

    /// <summary>The permissions boundary of the user or role.</summary>
    PermissionsBoundary,

    /// <summary>A service control policy of the organization.</summary>
    ServiceControl,

    /// <summary>A resource control policy of the organization.</summary>
    ResourceControl,

    /// <summary>The policy that the session was opened with.</summary>
    Session,

    /// <summary>The policy of the VPC endpoint that the request came through.</summary>
    Endpoint,
}

/// <summary>Why a request was denied, as far as its text tells.</summary>
/// <param name="Policy">Which policy stands in the way.</param>
/// <param name="IsExplicit">Whether a statement denies it; else no statement allows it.</param>
/// <param name="Action">"ecr:GetAuthorizationToken"; null where the text does not say.</param>
/// <remarks>Source: IAM user guide, "Troubleshoot access denied error messages".</remarks>
public sealed partial record Denial(DenyingPolicy Policy, bool IsExplicit, string? Action)
{
    /// <summary>What every such text begins with, in lower case.</summary>
    internal const string NotAuthorized = "not authorized to perform";

    private static readonly string[] Signs = [NotAuthorized, "accessdenied", "unauthorizedoperation", "not authorized to make this call"];

    /// <summary>How IAM writes each kind, in lower case.</summary>
    internal static IReadOnlyDictionary<DenyingPolicy, string> Words { get; } = new Dictionary<DenyingPolicy, string>
    {
        [DenyingPolicy.PermissionsBoundary] = "permissions boundary",
        [DenyingPolicy.ServiceControl] = "service control policy",
        [DenyingPolicy.ResourceControl] = "resource control policy",
        [DenyingPolicy.Endpoint] = "vpc endpoint policy",
        [DenyingPolicy.Session] = "session policy",
        [DenyingPolicy.Resource] = "resource-based policy",
        [DenyingPolicy.Identity] = "identity-based policy",
    };

    /// <summary>Half a sentence: "its permissions boundary does not allow it".</summary>
    public string Why => Policy switch
    {
        DenyingPolicy.Identity when IsExplicit => "a statement of the caller's own policies denies it",
        DenyingPolicy.Identity => "none of the caller's own policies allows it",
        DenyingPolicy.Resource when IsExplicit => "the resource's own policy denies it",
        DenyingPolicy.Resource => "the resource's own policy does not allow it",
        DenyingPolicy.PermissionsBoundary when IsExplicit => "the caller's permissions boundary denies it",
        DenyingPolicy.PermissionsBoundary => "the caller's permissions boundary does not allow it",
        DenyingPolicy.ServiceControl => "a service control policy of the organization keeps it back",
        DenyingPolicy.ResourceControl => "a resource control policy of the organization keeps it back",
        DenyingPolicy.Session => "the policy that the session was opened with keeps it back",
        DenyingPolicy.Endpoint => "the policy of the VPC endpoint keeps it back",
        _ => "which policy keeps it back is not told",
    };

    /// <summary>What to try, as an imperative.</summary>
    /// <param name="right">The right that was asked for: "ecr:GetAuthorizationToken".</param>
    public string Remedy(string right) => Policy switch
    {
        DenyingPolicy.PermissionsBoundary => $"add {right} to the permissions boundary of the caller: a further policy cannot give what the boundary keeps back",
        DenyingPolicy.ServiceControl or DenyingPolicy.ResourceControl =>
            $"ask who keeps the organization's policies to allow {right} for this account and region; nothing in the account can",
        DenyingPolicy.Session => $"open the session without a session policy, or add {right} to it",
        DenyingPolicy.Endpoint => $"add {right} to the policy of the VPC endpoint",
        DenyingPolicy.Identity or DenyingPolicy.Resource when IsExplicit => $"remove the statement that denies {right}",
        DenyingPolicy.Resource => $"allow {right} in the resource's policy",
        _ => $"allow the caller {right} (docs/permissions.md has the whole list)",
    };

    /// <summary>Reads a service's words; null where they tell of no denial.</summary>
    public static Denial? Find(string text)
    {
        var lower = text.ToLowerInvariant();
        if (!Signs.Any(sign => lower.Contains(sign, StringComparison.Ordinal))) return null;
        var policy = Words.FirstOrDefault(word => lower.Contains(word.Value, StringComparison.Ordinal)).Key;
        return new Denial(policy, lower.Contains("explicit deny", StringComparison.Ordinal), ActionIn(text));
    }

    /// <summary>Reads a failure of a call; null where it is no denial.</summary>
    public static Denial? Of(Exception failure) =>
        Find(failure.InnerException is AmazonServiceException answer ? $"{answer.ErrorCode}: {answer.Message}" : failure.Message);

    /// <summary>The action that a denial's text names; null where it names none.</summary>
    internal static string? ActionIn(string text) => ActionName().Match(text) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex("perform: ([a-z0-9-]{2,40}:[a-z]{3,60})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ActionName();
}
