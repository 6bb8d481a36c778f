namespace Slipway.Deployment.TaskDefinitions.Model;

/// <summary>What the service model leaves to the API reference: members that ECS does not do without, ranges of numbers, forms of names.</summary>
/// <remarks>Source: Amazon ECS API Reference, the description of each member.</remarks>
internal static class MemberLimits
{
    /// <summary>The form of families and of the names of containers and volumes.</summary>
    public const string NamePattern = "^[a-zA-Z0-9_-]{1,255}$";

    /// <summary>The form of the name of a port mapping.</summary>
    public const string PortNamePattern = "^[a-z0-9_][a-z0-9_-]{0,63}$";

    /// <summary>Whether a structure needs the member by the API reference.</summary>
    public static bool IsRequired(string owner, string member) => (owner, member) is
        ("ContainerDefinition" or "KeyValuePair", "name") or ("Tag", "key") or ("MountPoint", "sourceVolume" or "containerPath") or ("VolumeFrom", "sourceContainer");

    /// <summary>The range of a number; null where any number of its type will do.</summary>
    public static (int Least, int Most)? RangeOf(string owner, string member) => (owner, member) switch
    {
        ("HealthCheck", "interval") => (5, 300),
        ("HealthCheck", "timeout") => (2, 60),
        ("HealthCheck", "retries") => (1, 10),
        ("HealthCheck", "startPeriod") => (0, 300),
        ("PortMapping", "containerPort") => (1, 65535),
        ("PortMapping", "hostPort") => (0, 65535),
        ("EphemeralStorage", "sizeInGiB") => (21, 200),
        ("ContainerRestartPolicy", "restartAttemptPeriod") => (60, 1800),
        ("LinuxParameters", "swappiness") => (0, 100),
        ("LinuxParameters", "maxSwap" or "sharedMemorySize") => (0, int.MaxValue),
        ("ContainerDefinition", "cpu") => (0, int.MaxValue),
        ("ContainerDefinition", "memory" or "memoryReservation") => (4, int.MaxValue),
        _ => null,
    };

    /// <summary>The expression that a name matches; null for members that are no such names.</summary>
    public static string? PatternOf(string owner, string member) => (owner, member) switch
    {
        ("RegisterTaskDefinitionRequest", "family") or ("ContainerDefinition", "name") or ("Volume", "name") => NamePattern,
        ("PortMapping", "name") => PortNamePattern,
        _ => null,
    };
}
