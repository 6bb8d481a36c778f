using Slipway.LocalCloud.Protocol;

namespace Slipway.LocalCloud.Ecs.Operations;

/// <summary>ECS's error answers in ECS's words.</summary>
internal static class Refusals
{
    public static ApiException ClusterNotFound() => new("ClusterNotFoundException", "Cluster not found.");

    public static ApiException ServiceNotFound() => new("ServiceNotFoundException", "Service not found.");

    public static ApiException ServiceNotActive() => new("ServiceNotActiveException", "Service was not ACTIVE.");

    public static ApiException Client(string message) => new("ClientException", message);

    public static ApiException InvalidParameter(string message) => new("InvalidParameterException", message);
}
