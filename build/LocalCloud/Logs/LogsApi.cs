using System.Text.Json.Nodes;
using Slipway.LocalCloud.Protocol;

namespace Slipway.LocalCloud.Logs;

/// <summary>CloudWatch Logs.</summary>
internal sealed class LogsApi(LogGroupOperations groups, LogEventOperations events) : IServiceApi
{
    /// <inheritdoc />
    public string TargetPrefix => "Logs_20140328";

    /// <inheritdoc />
    public string Model => "logs";

    /// <inheritdoc />
    public Task<JsonObject> InvokeAsync(string operation, JsonObject input, CancellationToken cancellationToken) => Task.FromResult(operation switch
    {
        "CreateLogGroup" => groups.Create(input),
        "DeleteLogGroup" => groups.Delete(input),
        "DescribeLogGroups" => groups.Describe(input),
        "PutRetentionPolicy" => groups.SetRetention(input),
        "CreateLogStream" => groups.CreateStream(input),
        "DescribeLogStreams" => groups.DescribeStreams(input),
        "PutLogEvents" => events.Put(input),
        "GetLogEvents" => events.Get(input),
        "FilterLogEvents" => events.Filter(input),
        _ => throw new ApiException("UnknownOperationException", $"LocalCloud knows the operation '{operation}' of CloudWatch Logs but does not carry it out."),
    });
}
