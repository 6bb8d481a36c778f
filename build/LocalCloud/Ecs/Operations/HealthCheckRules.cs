using System.Text.Json.Nodes;

namespace Slipway.LocalCloud.Ecs.Operations;

/// <summary>The values that ECS takes for a container's health check (API reference, HealthCheck).</summary>
internal static class HealthCheckRules
{
    private static readonly (string Member, int Least, int Most)[] Ranges =
        [("interval", 5, 300), ("timeout", 2, 60), ("retries", 1, 10), ("startPeriod", 0, 300)];

    public static void Check(JsonObject container)
    {
        if (container["healthCheck"] is not JsonObject check) return;
        var kind = (check["command"] as JsonArray)?.Select(part => (string?)part).FirstOrDefault();
        if (kind is not ("CMD" or "CMD-SHELL" or "NONE"))
            throw Refusals.Client("Invalid 'healthCheck' setting for container: the command must start with CMD or CMD-SHELL.");
        foreach (var (member, least, most) in Ranges)
        {
            if ((int?)check[member] is { } value && (value < least || value > most))
                throw Refusals.Client($"Invalid 'healthCheck' setting for container: '{member}' must be between {least} and {most}.");
        }
    }
}
