using Amazon.CloudWatchLogs.Model;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Aws;

/// <summary>Amazon CloudWatch Logs.</summary>
public sealed class CloudWatchLogReader(AwsConnection connection, TimeProvider time) : ILogReader
{
    private const int MostEvents = 10_000;

    // A page may be empty although there are events before it.
    private const int MostEmptyPages = 3;

    private readonly AwsCall aws = new(connection.Errors, time);

    /// <inheritdoc />
    public async Task<LogPage> TailAsync(LogStreamName stream, int lines, CancellationToken cancellationToken)
    {
        var limit = Math.Clamp(lines, 1, MostEvents);
        var answer = await GetAsync(stream, new GetLogEventsRequest { Limit = limit, StartFromHead = false }, cancellationToken);
        var next = answer?.NextForwardToken;
        for (var page = 0; page < MostEmptyPages && answer is { Events: null or [], NextBackwardToken: { } back }; page++)
        {
            answer = await GetAsync(
                stream, new GetLogEventsRequest { Limit = limit, StartFromHead = false, NextToken = back }, cancellationToken);
        }

        return new LogPage(Lines(answer), next);
    }

    /// <inheritdoc />
    public async Task<LogPage> ReadOnAsync(LogStreamName stream, string nextToken, CancellationToken cancellationToken)
    {
        var answer = await GetAsync(stream, new GetLogEventsRequest { StartFromHead = true, NextToken = nextToken }, cancellationToken);
        return new LogPage(Lines(answer), answer?.NextForwardToken ?? nextToken);
    }

    private async Task<GetLogEventsResponse?> GetAsync(LogStreamName stream, GetLogEventsRequest request, CancellationToken cancellationToken)
    {
        request.LogGroupName = stream.Group;
        request.LogStreamName = stream.Stream;
        var operation = new AwsOperation("logs:GetLogEvents", "read", "log stream", $"{stream.Group}/{stream.Stream}");
        return await aws.OnceAsync(operation, AskAsync, cancellationToken);

        async Task<GetLogEventsResponse?> AskAsync()
        {
            try
            {
                return await connection.Logs(stream.Region).GetLogEventsAsync(request, cancellationToken);
            }
            catch (ResourceNotFoundException)
            {
                return null;
            }
        }
    }

    private static List<LogLine> Lines(GetLogEventsResponse? answer) =>
        [.. (answer?.Events ?? [])
            .Select(written => new LogLine(Moment.Of(written.Timestamp) ?? DateTimeOffset.UnixEpoch, written.Message ?? string.Empty))];
}
