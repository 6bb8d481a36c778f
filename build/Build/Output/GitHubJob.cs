using System.Globalization;
using Cake.Common.Build;
using Cake.Common.Build.GitHubActions;
using Cake.Core;
using Cake.Core.IO;
using Slipway.Deployment.Planning;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Settings;

namespace Slipway.Build.Output;

/// <summary>What a run leaves in its GitHub job, through Cake's own provider: annotations, groups, masks, outputs and the summary.</summary>
public sealed class GitHubJob : ISecretMask, IBuildSystemServiceMessageWriter
{
    private readonly HashSet<string> _masked = new(StringComparer.Ordinal);
    private readonly GitHubActionsProvider _provider;
    private readonly ConsoleReport _report;

    private GitHubJob(ICakeEnvironment environment, IFileSystem files, RepositoryRoot root, ConsoleReport report)
    {
        _report = report;
        _provider = new GitHubActionsProvider(environment, files, this);
        Event = new GitHubEvent(_provider.Environment.Workflow);
        Annotations = new GitHubAnnotations(_provider.Commands, root);
        Summary = StepSummary.Find(_provider, report);
        Outputs = GitHubOutputs.Find(_provider, report);
    }

    /// <summary>What began the workflow.</summary>
    public GitHubEvent Event { get; }

    /// <summary>Marks on lines, and lines that fold.</summary>
    public GitHubAnnotations Annotations { get; }

    /// <summary>The job's page; null where the runner names no file for it.</summary>
    public StepSummary? Summary { get; }

    /// <summary>What later steps and jobs read; null where the runner names no file for it.</summary>
    public GitHubOutputs? Outputs { get; }

    /// <summary>Gives a report the job that this process runs in; elsewhere the report stays as it is.</summary>
    /// <param name="report">Prints the workflow commands.</param>
    /// <param name="environment">Says where the process runs.</param>
    /// <param name="files">Where the runner's files are.</param>
    /// <param name="root">The repository, against which annotations name their files.</param>
    public static void Join(ConsoleReport report, ICakeEnvironment environment, IFileSystem files, RepositoryRoot root)
    {
        var job = new GitHubJob(environment, files, root, report);
        if (!job._provider.IsRunningOnGitHubActions) return;
        report.Job = job;
        foreach (var secret in EnvironmentSecrets.Find(environment.GetEnvironmentVariable)) job.Mask(secret);
    }

    /// <summary>Says once what a person could not know from the log alone: that GitHub hides names, that a fork has no credentials.</summary>
    /// <param name="namesFromSecrets">The value of <see cref="NamesFromSecrets.Variable"/>.</param>
    public void TellCircumstances(string? namesFromSecrets)
    {
        if (NamesFromSecrets.Tell(namesFromSecrets) is { } hidden) Annotations.Notice("Names that GitHub hides", hidden);
        if (Event.WhyWithoutCredentials is not { } why) return;
        Annotations.Notice("No credentials", why);
        Summary?.Append($"> {MarkdownText.Escape(why)} It is tested only: nothing is planned or deployed.\n");
    }

    /// <inheritdoc />
    public void Mask(string secret)
    {
        if (!string.IsNullOrWhiteSpace(secret) && _masked.Add(secret)) _provider.Commands.SetSecret(secret);
    }

    /// <inheritdoc />
    void IBuildSystemServiceMessageWriter.Write(string format, params object[] args) =>
        _report.Command(string.Format(CultureInfo.InvariantCulture, format, args));
}
