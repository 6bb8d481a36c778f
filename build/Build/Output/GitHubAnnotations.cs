using Cake.Common.Build;
using Cake.Common.Build.GitHubActions.Commands;
using Cake.Common.Build.GitHubActions.Data;
using Cake.Core;
using Cake.Core.IO;
using Slipway.Deployment.Rollouts.Reports;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Build.Output;

/// <summary>Marks findings on their lines in GitHub Actions, by the workflow commands that Cake writes.</summary>
public sealed class GitHubAnnotations : IBuildSystemServiceMessageWriter
{
    private readonly RepositoryRoot _root;
    private readonly Action<string> _write;
    private readonly GitHubActionsCommands _commands;

    private GitHubAnnotations(ICakeEnvironment environment, IFileSystem files, RepositoryRoot root, Action<string> write)
    {
        (_root, _write) = (root, write);
        _commands = new GitHubActionsCommands(
            environment, files, this, new GitHubActionsEnvironmentInfo(environment),
            _ => throw new InvalidOperationException("Annotations are lines of output and need no connection."));
    }

    /// <summary>Those of this run; null where it does not run in GitHub Actions.</summary>
    /// <param name="environment">Says where it runs.</param>
    /// <param name="files">Needed by Cake's other commands.</param>
    /// <param name="root">The repository, against which findings name their files.</param>
    /// <param name="write">Writes a line to standard output as it is.</param>
    public static GitHubAnnotations? Find(ICakeEnvironment environment, IFileSystem files, RepositoryRoot root, Action<string> write) =>
        environment.GetEnvironmentVariable("GITHUB_ACTIONS") == "true" ? new GitHubAnnotations(environment, files, root, write) : null;

    /// <summary>Marks a finding; one of a setting has no line to be marked on.</summary>
    public void Add(Finding finding)
    {
        var annotation = new GitHubActionsAnnotation { Title = finding.Rule.Id };
        if (File.Exists(_root.Combine(finding.File)))
        {
            annotation.File = finding.File;
            annotation.StartLine = finding.Line;
            annotation.StartColumn = finding.Column;
        }

        var path = string.IsNullOrEmpty(finding.JsonPath) ? string.Empty : $"{finding.JsonPath}: ";
        var message = $"{path}{finding.Message} [{finding.Source}]";
        if (finding.Severity == FindingSeverity.Error) _commands.Error(message, annotation);
        else if (finding.Severity == FindingSeverity.Warning) _commands.Warning(message, annotation);
        else _commands.Notice(message, annotation);
    }

    /// <summary>Marks the cause of a rollout that did not succeed.</summary>
    public void Add(RolloutReport rollout)
    {
        if (rollout.Failure is not { } failure) return;
        var title = failure.Key is null ? rollout.Verdict : $"{rollout.Verdict}: {failure.Key}";
        var message = rollout.Remedy is null ? failure.Cause : $"{failure.Cause} Try: {rollout.Remedy}";
        _commands.Error(message, new GitHubActionsAnnotation { Title = title });
    }

    /// <summary>Begins lines that can be folded.</summary>
    public void BeginGroup(string title) => _commands.StartGroup(title);

    /// <summary>Ends them.</summary>
    public void EndGroup() => _commands.EndGroup();

    /// <inheritdoc />
    void IBuildSystemServiceMessageWriter.Write(string format, params object[] args) =>
        _write(string.Format(System.Globalization.CultureInfo.InvariantCulture, format, args));
}
