using System.Text.Json.Nodes;
using Slipway.LocalCloud.Protocol;

namespace Slipway.LocalCloud.Logs;

/// <summary>Operations on groups and streams.</summary>
internal sealed class LogGroupOperations(LogStore store, TimeProvider time)
{
    private static readonly int[] Retentions = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

    /// <summary>The group that an input names by name or ARN, or ResourceNotFoundException.</summary>
    public LogGroup Named(JsonObject input)
    {
        var name = input.Text("logGroupName");
        var identifier = input.Text("logGroupIdentifier");
        if ((name is null) == (identifier is null))
            throw new ApiException("InvalidParameterException", "Exactly one of logGroupName and logGroupIdentifier must be given.");
        var arn = Account.Arn("logs", "log-group:");
        if (identifier?.StartsWith(arn, StringComparison.Ordinal) == true) identifier = identifier[arn.Length..].TrimEnd('*').TrimEnd(':');
        return store.Find(name ?? identifier!) ?? throw GroupNotFound();
    }

    public JsonObject Create(JsonObject input) =>
        store.TryCreate(input.Text("logGroupName")!) ? [] : throw new ApiException("ResourceAlreadyExistsException", "The specified log group already exists");

    public JsonObject Delete(JsonObject input) => store.Delete(input.Text("logGroupName")!) ? [] : throw GroupNotFound();

    public JsonObject SetRetention(JsonObject input)
    {
        var days = input.Integer("retentionInDays")!.Value;
        if (!Retentions.Contains(days))
        {
            throw new ApiException(
                "InvalidParameterException",
                $"1 validation error detected: Value '{days}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [{string.Join(", ", Retentions)}]");
        }

        Named(input).SetRetention(days);
        return [];
    }

    public JsonObject Describe(JsonObject input)
    {
        var prefix = input.Text("logGroupNamePrefix");
        var pattern = input.Text("logGroupNamePattern");
        if (prefix is not null && pattern is not null)
            throw new ApiException("InvalidParameterException", "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
        var groups = store.Groups
            .Where(group => prefix is null || group.Name.StartsWith(prefix, StringComparison.Ordinal))
            .Where(group => pattern is null || group.Name.Contains(pattern, StringComparison.OrdinalIgnoreCase)).ToList();
        return Answer("logGroups", groups, Group, input);
    }

    public JsonObject CreateStream(JsonObject input) => Named(input).TryAdd(input.Text("logStreamName")!, time.GetUtcNow())
        ? []
        : throw new ApiException("ResourceAlreadyExistsException", "The specified log stream already exists");

    public JsonObject DescribeStreams(JsonObject input)
    {
        var group = Named(input);
        var prefix = input.Text("logStreamNamePrefix");
        var byTime = input.Text("orderBy") == "LastEventTime";
        if (byTime && prefix is not null)
            throw new ApiException("InvalidParameterException", "Cannot order by LastEventTime with a logStreamNamePrefix.");
        var streams = group.Streams.Where(stream => prefix is null || stream.Name.StartsWith(prefix, StringComparison.Ordinal));
        if (byTime) streams = streams.OrderBy(stream => stream.Span?.Last ?? 0);
        if (input.Flag("descending") == true) streams = streams.Reverse();
        return Answer("logStreams", [.. streams], stream => Stream(group, stream), input);
    }

    private static JsonObject Answer<T>(string member, IReadOnlyList<T> all, Func<T, JsonNode> answer, JsonObject input)
    {
        var (items, next) = Paging.Of(all, input.Text("nextToken"), input.Integer("limit") ?? 50)
            ?? throw new ApiException("InvalidParameterException", "The specified nextToken is invalid.");
        var result = new JsonObject { [member] = items.Select(answer).Array() };
        if (next is not null) result["nextToken"] = next;
        return result;
    }

    private static JsonObject Group(LogGroup group)
    {
        var arn = Account.Arn("logs", $"log-group:{group.Name}");
        var answer = new JsonObject
        {
            ["logGroupName"] = group.Name,
            ["creationTime"] = group.CreatedAt.ToUnixTimeMilliseconds(),
            ["metricFilterCount"] = 0,
            ["arn"] = $"{arn}:*",
            ["logGroupArn"] = arn,
            ["storedBytes"] = group.Bytes,
            ["logGroupClass"] = "STANDARD",
        };
        if (group.RetentionInDays is { } days) answer["retentionInDays"] = days;
        return answer;
    }

    private static JsonObject Stream(LogGroup group, LogStream stream)
    {
        var answer = new JsonObject
        {
            ["logStreamName"] = stream.Name,
            ["creationTime"] = stream.CreatedAt.ToUnixTimeMilliseconds(),
            ["arn"] = Account.Arn("logs", $"log-group:{group.Name}:log-stream:{stream.Name}"),
            ["storedBytes"] = 0,
        };
        if (stream.Span is not { } span) return answer;
        answer["firstEventTimestamp"] = span.First;
        answer["lastEventTimestamp"] = span.Last;
        answer["lastIngestionTime"] = span.LastIngestion;
        answer["uploadSequenceToken"] = $"{span.LastIngestion:D20}";
        return answer;
    }

    private static ApiException GroupNotFound() => new("ResourceNotFoundException", "The specified log group does not exist.");
}
