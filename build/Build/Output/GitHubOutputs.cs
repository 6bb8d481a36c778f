using Cake.Common.Build.GitHubActions;
using Slipway.Deployment.Reporting;

namespace Slipway.Build.Output;

/// <summary>The outputs of a job's step, which later steps and jobs read.</summary>
public sealed class GitHubOutputs
{
    private readonly Dictionary<string, string> _written = [];
    private readonly GitHubActionsProvider _provider;
    private readonly IReport _report;

    private GitHubOutputs(GitHubActionsProvider provider, IReport report) => (_provider, _report) = (provider, report);

    /// <summary>Those of this run; null where the runner names no file for them.</summary>
    public static GitHubOutputs? Find(GitHubActionsProvider provider, IReport report) =>
        provider.Environment.Runtime.OutputPath is not { FullPath.Length: > 0 } ? null : new GitHubOutputs(provider, report);

    /// <summary>Writes what is known and was not written yet; of several values of a name GitHub takes the last.</summary>
    /// <param name="values">By name. A value is one line: what stands behind a line break would be an output of its own.</param>
    public void Write(IEnumerable<KeyValuePair<string, string>> values)
    {
        foreach (var (name, value) in values)
        {
            var line = PlainText.Of(value);
            if (_written.GetValueOrDefault(name) == line) continue;
            try
            {
                _provider.Commands.SetOutputParameter(name, line);
                _written[name] = line;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                _report.Warning($"The output '{name}' was not written to the file that GITHUB_OUTPUT names: {error.GetType().Name}.");
            }
        }
    }
}
