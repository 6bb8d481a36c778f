using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Slipway.LocalCloud.Ecs.Model;

namespace Slipway.LocalCloud.Ecs.Operations;

/// <summary>What ECS checks of a service, and what this cloud cannot do and therefore refuses.</summary>
internal static partial class ServiceRules
{
    public static bool IsName(string name) => Name().IsMatch(name);

    public static void Check(JsonObject settings, TaskDefinition definition)
    {
        if ((string?)settings["deploymentController"]?["type"] is { } controller and not "ECS")
            throw Refusals.InvalidParameter($"The deployment controller {controller} is not offered by LocalCloud; use ECS.");
        if ((string?)settings["deploymentConfiguration"]?["strategy"] is { } strategy and not "ROLLING")
            throw Refusals.InvalidParameter($"The deployment strategy {strategy} is not offered by LocalCloud; use ROLLING.");
        if ((string?)settings["launchType"] is { } launchType and not "FARGATE")
            throw Refusals.InvalidParameter($"The launch type {launchType} is not offered by LocalCloud; use FARGATE.");
        if ((string?)settings["schedulingStrategy"] == "DAEMON")
            throw Refusals.InvalidParameter("The daemon scheduling strategy is not supported for Fargate launch type services.");

        var minimum = (int?)settings["deploymentConfiguration"]?["minimumHealthyPercent"] ?? 100;
        var maximum = (int?)settings["deploymentConfiguration"]?["maximumPercent"] ?? 200;
        if (minimum < 0) throw Refusals.InvalidParameter("minimumHealthyPercent must be greater than or equal to 0.");
        if (maximum < 100) throw Refusals.InvalidParameter("maximumPercent must be greater than or equal to 100.");
        if (minimum == maximum) throw Refusals.InvalidParameter("Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.");
        if ((string?)definition.Document["networkMode"] == "awsvpc" && settings["networkConfiguration"]?["awsvpcConfiguration"] is null)
            throw Refusals.InvalidParameter("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
        CheckLoadBalancers(settings["loadBalancers"] as JsonArray ?? [], definition);
    }

    private static void CheckLoadBalancers(JsonArray loadBalancers, TaskDefinition definition)
    {
        var containers = ContainerDefinition.All(definition.Document);
        foreach (var entry in loadBalancers.OfType<JsonObject>())
        {
            var name = (string?)entry["containerName"];
            var port = (int?)entry["containerPort"] ?? 0;
            var container = containers.FirstOrDefault(one => one.Name == name)
                ?? throw Refusals.InvalidParameter($"The container {name} does not exist in the task definition.");
            if (!container.Ports.Contains(port))
                throw Refusals.InvalidParameter($"The container {name} did not have a container port {port} defined.");
        }
    }

    [GeneratedRegex(@"\A[a-zA-Z0-9_\-]{1,255}\z")]
    private static partial Regex Name();
}
