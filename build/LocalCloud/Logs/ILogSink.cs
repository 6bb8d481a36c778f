namespace Slipway.LocalCloud.Logs;

/// <summary>Where containers' output goes: CloudWatch Logs of the embedded cloud.</summary>
internal interface ILogSink
{
    /// <summary>Whether the log group exists (awslogs fails the task where it does not, unless awslogs-create-group is "true").</summary>
    bool GroupExists(string group);

    /// <summary>Makes a group where there is none.</summary>
    void CreateGroup(string group);

    /// <summary>Adds one event with the present time; makes the stream where there is none.</summary>
    void Append(string group, string stream, string message);
}
