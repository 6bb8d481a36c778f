using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Slipway.LocalCloud.Protocol;

namespace Slipway.LocalCloud.Logs;

/// <summary>Operations on events.</summary>
internal sealed class LogEventOperations(LogGroupOperations groups, TimeProvider time)
{
    private const int MostEvents = 10_000;
    private const int MostBytes = 1024 * 1024;
    private const int Overhead = 26; // CloudWatch counts so many bytes more for each event.

    public JsonObject Put(JsonObject input)
    {
        var group = groups.Named(input);
        var stream = Stream(group, input.Text("logStreamName")!);
        var events = input.Objects("logEvents")!.Select(item => (Timestamp: item.Long("timestamp")!.Value, Message: item.Text("message")!)).ToList();
        Check(events);

        var now = time.GetUtcNow();
        var tooOld = events.FindLastIndex(item => item.Timestamp < now.AddDays(-14).ToUnixTimeMilliseconds());
        var expired = group.RetentionInDays is { } days ? events.FindLastIndex(item => item.Timestamp < now.AddDays(-days).ToUnixTimeMilliseconds()) : -1;
        var tooNew = events.FindIndex(item => item.Timestamp > now.AddHours(2).ToUnixTimeMilliseconds());
        var first = Math.Max(tooOld, expired) + 1;
        var taken = events[first..(tooNew < 0 ? events.Count : Math.Max(first, tooNew))];
        if (taken.Count > 0) group.Append(stream.Name, taken, now);

        var answer = new JsonObject { ["nextSequenceToken"] = string.Create(CultureInfo.InvariantCulture, $"{now.ToUnixTimeMilliseconds():D20}") };
        var rejected = new JsonObject();
        if (tooNew >= 0) rejected["tooNewLogEventStartIndex"] = tooNew;
        if (tooOld >= 0) rejected["tooOldLogEventEndIndex"] = tooOld + 1;
        if (expired >= 0) rejected["expiredLogEventEndIndex"] = expired + 1;
        if (rejected.Count > 0) answer["rejectedLogEventsInfo"] = rejected;
        return answer;
    }

    public JsonObject Get(JsonObject input)
    {
        var group = groups.Named(input);
        var events = Stream(group, input.Text("logStreamName")!).Read().Where(InTime(group, input, withEnd: false)).ToList();
        var token = input.Text("nextToken");
        var limit = input.Integer("limit") ?? MostEvents;
        var cursor = default(LogCursor);
        var backward = token is null ? input.Flag("startFromHead") != true : token.StartsWith("b/", StringComparison.Ordinal);
        if (token is not null && (token.Length < 3 || token[1] != '/' || token[0] is not ('f' or 'b') || !LogCursor.TryParse(token[2..], out cursor)))
            throw new ApiException("InvalidParameterException", "The specified nextToken is invalid.");
        if (token is not null) events = [.. events.Where(item => backward ? LogCursor.Of(item) < cursor : LogCursor.Of(item) > cursor)];

        var page = backward ? Enumerable.Reverse(Cut(Enumerable.Reverse(events), limit)).ToList() : [.. Cut(events, limit)];
        var first = page.Count > 0 ? LogCursor.Of(page[0]) : token is not null && !backward ? cursor with { Number = cursor.Number + 1 } : cursor;
        var last = page.Count > 0 ? LogCursor.Of(page[^1]) : token is not null && backward ? cursor.Before : cursor;
        return new JsonObject
        {
            ["events"] = page.Select(item => (JsonNode)new JsonObject { ["timestamp"] = item.Timestamp, ["message"] = item.Message, ["ingestionTime"] = item.IngestionTime }).Array(),
            ["nextForwardToken"] = $"f/{last}",
            ["nextBackwardToken"] = $"b/{first}",
        };
    }

    public JsonObject Filter(JsonObject input)
    {
        var group = groups.Named(input);
        var names = input.Texts("logStreamNames");
        var prefix = input.Text("logStreamNamePrefix");
        if (names is not null && prefix is not null)
            throw new ApiException("InvalidParameterException", "logStreamNamePrefix and logStreamNames can not be given together.");
        var streams = names?.Select(name => Stream(group, name)) ?? group.Streams.Where(stream => prefix is null || stream.Name.StartsWith(prefix, StringComparison.Ordinal));
        var pattern = Pattern(input.Text("filterPattern"));
        var (after, afterStream) = FilterToken.Read(input.Text("nextToken"));
        var limit = input.Integer("limit") ?? MostEvents;
        var start = input.Long("startTime") ?? 0;

        var found = new List<(LogEvent Event, string Stream)>();
        foreach (var stream in streams.Where(stream => stream.Span is { } span && span.Last >= start))
        {
            var matches = stream.Read().Where(InTime(group, input, withEnd: true)).Where(item => pattern.Matches(item.Message))
                .Where(item => afterStream is null || FilterToken.Compare((LogCursor.Of(item), stream.Name), (after, afterStream)) > 0)
                .Take(limit + 1).Select(item => (item, stream.Name));
            found = [.. found.Concat(matches).Order(Comparer<(LogEvent Event, string Stream)>.Create((a, b) =>
                FilterToken.Compare((LogCursor.Of(a.Event), a.Stream), (LogCursor.Of(b.Event), b.Stream)))).Take(limit + 1)];
        }

        var page = Cut(found.Select(item => item.Event), limit).Count;
        var answer = new JsonObject
        {
            ["events"] = found.Take(page).Select(item => (JsonNode)Filtered(item.Event, item.Stream)).Array(),
            ["searchedLogStreams"] = new JsonArray(),
        };
        if (page < found.Count) answer["nextToken"] = FilterToken.Write(LogCursor.Of(found[page - 1].Event), found[page - 1].Stream);
        return answer;
    }

    private static void Check(List<(long Timestamp, string Message)> events)
    {
        if (events.Count > MostEvents) throw Invalid($"1 validation error detected: Value at 'logEvents' failed to satisfy constraint: Member must have length less than or equal to {MostEvents}");
        var bytes = 0L;
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i].Timestamp < 0) throw Invalid("1 validation error detected: Value at 'timestamp' failed to satisfy constraint: Member must have value greater than or equal to 0");
            if (i > 0 && events[i].Timestamp < events[i - 1].Timestamp) throw Invalid("Log events in a single PutLogEvents request must be in chronological order.");
            bytes += Encoding.UTF8.GetByteCount(events[i].Message) + Overhead;
        }

        if (bytes > MostBytes) throw Invalid($"Upload too large: {bytes} bytes exceeds limit of {MostBytes}");
    }

    /// <summary>FilterLogEvents takes what happened at the end time, GetLogEvents does not.</summary>
    private Func<LogEvent, bool> InTime(LogGroup group, JsonObject input, bool withEnd)
    {
        var start = input.Long("startTime") ?? 0;
        var end = input.Long("endTime") ?? long.MaxValue;
        if (group.RetentionInDays is { } days) start = Math.Max(start, time.GetUtcNow().AddDays(-days).ToUnixTimeMilliseconds());
        return item => item.Timestamp >= start && (item.Timestamp < end || (withEnd && item.Timestamp == end));
    }

    /// <summary>At most so many events and 1 MiB, but always one.</summary>
    private static List<LogEvent> Cut(IEnumerable<LogEvent> events, int limit)
    {
        var page = new List<LogEvent>();
        var bytes = 0;
        foreach (var item in events)
        {
            bytes += Encoding.UTF8.GetByteCount(item.Message) + Overhead;
            if (page.Count == limit || (page.Count > 0 && bytes > MostBytes)) break;
            page.Add(item);
        }

        return page;
    }

    private static JsonObject Filtered(LogEvent item, string stream) => new()
    {
        ["logStreamName"] = stream,
        ["timestamp"] = item.Timestamp,
        ["message"] = item.Message,
        ["ingestionTime"] = item.IngestionTime,
        ["eventId"] = string.Create(CultureInfo.InvariantCulture, $"{item.Timestamp:D20}{BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(stream))):D16}{item.Number:D20}"),
    };

    private static FilterPattern Pattern(string? pattern)
    {
        try
        {
            return FilterPattern.Parse(pattern ?? "");
        }
        catch (FormatException error)
        {
            throw Invalid(error.Message);
        }
    }

    private static LogStream Stream(LogGroup group, string name) =>
        group.Find(name) ?? throw new ApiException("ResourceNotFoundException", "The specified log stream does not exist.");

    private static ApiException Invalid(string message) => new("InvalidParameterException", message);
}
