using Slipway.Deployment.Reporting;
using Slipway.Deployment.Rollouts.Failures;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.OneOffTasks;

/// <summary>Tells every log line of one container once, as it comes. Logs that cannot be read end nothing.</summary>
internal sealed class TaskLogFeed(ILogReader logs, LogStreamName? stream, string container, IReport report)
{
    private const int MostLines = 10_000;

    private string? position;
    private bool isGivenUp = stream is null;

    /// <summary>How many lines were told.</summary>
    public int Count { get; private set; }

    /// <summary>What the catalogue knows of the first line that tells a cause; null: no line does.</summary>
    public FailureRule? Told { get; private set; }

    /// <summary>Where they are; null where the container has no log that could be read.</summary>
    public LogStreamName? Stream { get; } = stream;

    /// <summary>Tells what was written since.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        if (isGivenUp) return;
        try
        {
            LogPage page;
            do
            {
                page = position is null
                    ? await logs.TailAsync(Stream!, MostLines, cancellationToken)
                    : await logs.ReadOnAsync(Stream!, position, cancellationToken);
                position = page.NextToken ?? position;
                foreach (var line in page.Lines) Tell(PlainText.Of(line.Text));
            }
            while (page.Lines.Count > 0 && position is not null);
        }
        catch (TransientServiceException failure)
        {
            report.Detail($"{failure.Message}. Reading the log again later.");
        }
        catch (SlipwayException failure)
        {
            isGivenUp = true;
            report.Warning($"The log of container '{container}' cannot be shown: {failure.Message}");
        }
    }

    private void Tell(string line)
    {
        report.Line(container, line);
        Told ??= FailureCatalogue.Find(line, source: FailureSource.Log);
        Count++;
    }
}
