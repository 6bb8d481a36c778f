using Slipway.Deployment.Rollouts.Reports;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.Reporting;

/// <summary>
/// What a person is told while a target runs. Texts are plain: no markup, no escape sequences, no secrets.
/// The console decides on colour, width and whether progress can replace itself.
/// </summary>
public interface IReport
{
    /// <summary>One fact that matters, on a line of its own: "Image 'stream-ml-service:1a2b' is already in the repository: nothing to push."</summary>
    void Fact(string text);

    /// <summary>A detail for <c>--verbosity=verbose</c>.</summary>
    void Detail(string text);

    /// <summary>Something that is not an error and that the person should know.</summary>
    void Warning(string text);

    /// <summary>The present state of something that takes time; replaces the former one where the terminal can.</summary>
    void Progress(string text);

    /// <summary>A line that somebody else wrote: an event of the service, a log line of a container.</summary>
    /// <param name="source">Short: "event", or the container's name.</param>
    /// <param name="text">The line, as it came.</param>
    void Line(string source, string text);

    /// <summary>
    /// Something about a document, at its place. Warnings and notes are told here; errors by the exception that refuses the document, so that
    /// only a report that marks places has to do anything for them.
    /// </summary>
    void Finding(Finding finding)
    {
        if (finding.Severity == FindingSeverity.Warning) Warning(finding.ToString());
        else if (finding.Severity == FindingSeverity.Note) Detail(finding.ToString());
    }

    /// <summary>How a rollout ended, with everything that is known of it.</summary>
    void Rollout(RolloutReport rollout)
    {
        foreach (var row in RolloutRows.Of(rollout)) Fact($"{row.Label,-10}  {row.Text}");
    }
}
