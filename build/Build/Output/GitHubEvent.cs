using Cake.Common.Build.GitHubActions.Data;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Slipway.Build.Output;

/// <summary>What began a workflow, as far as it decides which credentials its jobs can have.</summary>
public sealed class GitHubEvent(GitHubActionsWorkflowInfo workflow)
{
    private const string Dependabot = "dependabot[bot]";

    /// <summary>Why GitHub gives this run neither secrets nor an OIDC token, as a sentence; null where it does.</summary>
    public string? WhyWithoutCredentials =>
        workflow.EventName != "pull_request" ? null
        : workflow.Actor == Dependabot ? "This pull request is Dependabot's, and GitHub gives such a run neither secrets nor an OIDC token."
        : FindHead() is { } head && !head.Equals(workflow.Repository, StringComparison.OrdinalIgnoreCase)
            ? $"This pull request comes from {(head.Length > 0 ? $"the fork '{head}'" : "a fork that was deleted since")}, and GitHub gives such a run neither secrets nor an OIDC token."
            : null;

    /// <summary>"owner/name" of where a pull request's commits are; "" where that was deleted since; null where the run has no such commits.</summary>
    private string? FindHead()
    {
        try
        {
            return workflow.EventPath?.FullPath is { } path && File.Exists(path)
                && JObject.Parse(File.ReadAllText(path)).SelectToken("pull_request.head") is JObject head
                    ? (string?)head.SelectToken("repo.full_name") ?? string.Empty
                    : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
