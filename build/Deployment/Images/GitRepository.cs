using Slipway.Deployment.Processes;
using Slipway.Deployment.Reporting;

namespace Slipway.Deployment.Images;

/// <summary>What git says of the work tree: a label of the image, never needed.</summary>
/// <param name="Commit">The full commit; null where there is no work tree, no commit or no git.</param>
/// <param name="Dirty">Whether something is not committed.</param>
public sealed record GitState(string? Commit, bool Dirty);

/// <summary>Asks git.</summary>
/// <param name="processes">Runs it.</param>
/// <param name="report">Where a missing git is mentioned.</param>
public sealed class GitRepository(IProcessRunner processes, IReport report)
{
    private const string CommitLine = "# branch.oid ";

    /// <summary>Commit and dirtiness; a git that is missing or refuses the folder means none.</summary>
    public async Task<GitState> ReadAsync(CancellationToken cancellationToken)
    {
        var request = new ProcessRequest("git", ["status", "--porcelain=v2", "--branch"])
        {
            LogName = "git-status",
            // Only looks: it must not wait for, or disturb, a git that works here at the same time.
            Environment = new Dictionary<string, string?> { ["GIT_OPTIONAL_LOCKS"] = "0", ["LC_ALL"] = "C" },
        };
        try
        {
            var result = await processes.RunAsync(request, cancellationToken);
            if (result.ExitCode == 0)
                return Parse(result.Output);
            report.Detail($"No commit is known: git said '{(result.Output is [var first, ..] ? first : "nothing")}'.");
        }
        catch (SlipwayException e)
        {
            report.Detail($"No commit is known: {e.Message}");
        }

        return new GitState(null, false);
    }

    private static GitState Parse(IReadOnlyList<string> lines)
    {
        var commit = lines.FirstOrDefault(line => line.StartsWith(CommitLine, StringComparison.Ordinal))?[CommitLine.Length..];
        var known = commit is { Length: >= 40 } && commit.All(char.IsAsciiHexDigitLower);
        return known ? new GitState(commit, lines.Any(line => line.Length > 0 && !line.StartsWith('#') && IsChange(line)))
            : new GitState(null, false);
    }

    // "1" and "2" are changes, "u" is unmerged, "?" is untracked; anything else is git talking.
    private static bool IsChange(string line) => line.Length > 2 && line[1] == ' ' && line[0] is '1' or '2' or 'u' or '?';
}
