using Newtonsoft.Json.Linq;
using Slipway.Deployment.Services;
using Slipway.Deployment.TaskDefinitions;

namespace Slipway.Deployment.Rollouts.Timing;

/// <summary>The times of a container's health check.</summary>
/// <param name="Interval">Seconds from one check to the next.</param>
/// <param name="Retries">How many failures make a container unhealthy.</param>
/// <param name="StartPeriod">For how many seconds after the start failures do not count.</param>
public sealed record HealthCheckTimes(int Interval, int Retries, int StartPeriod)
{
    /// <summary>That of the essential container that is checked most rarely; null where none is checked.</summary>
    public static HealthCheckTimes? Of(LiveTaskDefinition definition)
    {
        var document = TaskDefinitionDocument.Find(definition);
        return (document?.Containers ?? [])
            .Where(container => container["essential"] is not JValue { Value: false })
            .Select(container => container["healthCheck"])
            .OfType<JObject>()
            .Select(check => new HealthCheckTimes(Number(check["interval"], 30), Number(check["retries"], 3), Number(check["startPeriod"], 0)))
            .OrderByDescending(check => check.Interval)
            .FirstOrDefault();
    }

    // The reader keeps numbers as they were written.
    private static int Number(JToken? token, int otherwise) =>
        token is JValue { Value: { } value } && int.TryParse(value.ToString(), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
