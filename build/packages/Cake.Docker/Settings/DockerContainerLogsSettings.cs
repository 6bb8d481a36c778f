namespace Cake.Docker;

/// <summary>The options of <c>docker logs</c>.</summary>
public sealed class DockerContainerLogsSettings : AutoToolSettings
{
    /// <summary>Shows the extra attributes of log lines.</summary>
    public bool? Details { get; set; }

    /// <summary>Goes on with new lines until the container stops.</summary>
    public bool? Follow { get; set; }

    /// <summary>The time of the first line, absolute or relative (<c>42m</c>).</summary>
    public string? Since { get; set; }

    /// <summary>How many of the last lines; all without it.</summary>
    public string? Tail { get; set; }

    /// <summary>Shows the time of each line.</summary>
    public bool? Timestamps { get; set; }

    /// <summary>The time of the last line, absolute or relative.</summary>
    public string? Until { get; set; }
}
