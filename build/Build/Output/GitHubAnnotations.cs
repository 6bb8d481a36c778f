using System.Text.RegularExpressions;
using Cake.Common.Build.GitHubActions.Commands;
using Cake.Common.Build.GitHubActions.Data;
using Slipway.Build.Testing;
using Slipway.Deployment.Rollouts.Reports;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Build.Output;

/// <summary>Marks what was found on its lines in GitHub Actions, and folds the lines of a target.</summary>
public sealed partial class GitHubAnnotations(GitHubActionsCommands commands, RepositoryRoot root)
{
    // GitHub cuts longer ones, without a word.
    private const int MostCharacters = 4_000;

    private bool _isInGroup;

    /// <summary>Whether the end of a rollout is marked already.</summary>
    public bool HasToldRollout { get; private set; }

    /// <summary>Marks a finding; one of a setting has no line to be marked on.</summary>
    public void Add(Finding finding)
    {
        var place = At(finding.Rule.Id, finding.File, finding.Line, finding.Column);
        var path = string.IsNullOrEmpty(finding.JsonPath) ? string.Empty : $"{finding.JsonPath}: ";
        var message = $"{path}{finding.Message} [{finding.Source}]";
        if (finding.Severity == FindingSeverity.Error) commands.Error(Short(message), place);
        else if (finding.Severity == FindingSeverity.Warning) commands.Warning(Short(message), place);
        else commands.Notice(Short(message), place);
    }

    /// <summary>Marks the cause of a rollout that did not succeed.</summary>
    public void Add(RolloutReport rollout)
    {
        if (rollout.Failure is not { } failure) return;
        var title = failure.Key is null ? rollout.Verdict : $"{rollout.Verdict}: {failure.Key}";
        Error(title, failure.Cause, rollout.Remedy);
        HasToldRollout = true;
    }

    /// <summary>Marks a test that failed, on its line where that is known.</summary>
    public void Add(FailedTest test) => commands.Error(Short(test.Message), At(test.Name, test.File, test.Line, null));

    /// <summary>Marks what ended a run, once; lines of the message that name a place in a file are marked there, too.</summary>
    public void AddFailure(string title, string message, string? remedy)
    {
        foreach (Match place in Place.Matches(message))
        {
            var number = System.Globalization.CultureInfo.InvariantCulture;
            var at = At(title, place.Groups["file"].Value, int.Parse(place.Groups["line"].Value, number), int.Parse(place.Groups["column"].Value, number));
            if (at.File is not null) commands.Error(Short(place.Groups["text"].Value), at);
        }

        if (!HasToldRollout) Error(title, message, remedy);
    }

    /// <summary>Says something that is no fault.</summary>
    public void Notice(string title, string message) => commands.Notice(Short(message), new GitHubActionsAnnotation { Title = title });

    /// <summary>Begins lines that fold; GitHub knows no groups in groups, so that the former ones end.</summary>
    public void BeginGroup(string title)
    {
        EndGroup();
        commands.StartGroup(title);
        _isInGroup = true;
    }

    /// <summary>Ends them, where there are any.</summary>
    public void EndGroup()
    {
        if (_isInGroup) commands.EndGroup();
        _isInGroup = false;
    }

    [GeneratedRegex(@"^\s*(?<file>[^\s:][^:\r\n]*):(?<line>\d{1,9}):(?<column>\d{1,9}): (?<text>[^\r\n]+)", RegexOptions.Multiline)]
    private static partial Regex Place { get; }

    private static string Short(string message) => message.Length <= MostCharacters ? message : $"{message[..MostCharacters]}…";

    private void Error(string title, string message, string? remedy) => commands.Error(
        Short(remedy is null ? message : $"{message} Try: {remedy}"), new GitHubActionsAnnotation { Title = title });

    private GitHubActionsAnnotation At(string title, string? file, int? line, int? column)
    {
        var annotation = new GitHubActionsAnnotation { Title = title };
        if (file is null || !File.Exists(root.Combine(file))) return annotation;
        annotation.File = Path.GetRelativePath(root.FullPath, root.Combine(file)).Replace('\\', '/');
        (annotation.StartLine, annotation.StartColumn) = (line, column);
        return annotation;
    }
}
