using System.Text.Json.Nodes;
using Slipway.LocalCloud.Ecs.Model;
using Slipway.LocalCloud.Protocol;

namespace Slipway.LocalCloud.Ecs.Answers;

/// <summary>A service as DescribeServices shows it.</summary>
internal static class ServiceAnswer
{
    private static readonly string[] DeploymentSettings = ["launchType", "capacityProviderStrategy", "platformVersion", "networkConfiguration"];

    public static JsonObject Of(Service service, IReadOnlyList<EcsTask> tasks, bool withTags)
    {
        var alive = tasks.Where(task => !task.IsStopped).ToList();
        var answer = Json.Copy(service.Settings);
        answer["serviceArn"] = service.Arn;
        answer["serviceName"] = service.Name;
        answer["clusterArn"] = service.ClusterArn;
        answer["loadBalancers"] ??= new JsonArray();
        answer["serviceRegistries"] ??= new JsonArray();
        answer["status"] = service.Status;
        answer["desiredCount"] = service.DesiredCount;
        answer["runningCount"] = Running(alive);
        answer["pendingCount"] = Pending(alive);
        answer["platformFamily"] = "Linux";
        answer["taskDefinition"] = (service.Primary ?? service.Deployments.FirstOrDefault())?.TaskDefinitionArn
            ?? service.Revisions.FirstOrDefault()?.TaskDefinitionArn;
        answer["deployments"] = Json.Array(service.Deployments, deployment => Deployment(service, deployment, alive));
        answer["events"] = Json.Array(service.Events, one => new JsonObject
        {
            ["id"] = one.Id,
            ["createdAt"] = Json.Time(one.CreatedAt),
            ["message"] = one.Message,
        });
        answer["createdAt"] = Json.Time(service.CreatedAt);
        answer["createdBy"] = Account.UserArn;
        answer["placementConstraints"] ??= new JsonArray();
        answer["placementStrategy"] ??= new JsonArray();
        answer["currentServiceDeployment"] = service.Primary?.ServiceDeploymentArn;
        answer["currentServiceRevisions"] = Json.Array(service.Deployments, deployment => Summary(service, deployment, alive));
        if (withTags) answer["tags"] = Json.Copy(service.Tags);
        return Json.WithoutNulls(answer);
    }

    public static int Running(IEnumerable<EcsTask> tasks) => tasks.Count(task => task.LastStatus == EcsTask.Running);

    /// <summary>Tasks on their way up; those on their way down are in no count.</summary>
    public static int Pending(IEnumerable<EcsTask> tasks) =>
        tasks.Count(task => task.LastStatus is EcsTask.Provisioning or EcsTask.Pending or EcsTask.Activating);

    private static JsonObject Deployment(Service service, Deployment deployment, IEnumerable<EcsTask> alive)
    {
        var mine = alive.Where(task => task.RevisionArn == deployment.RevisionArn).ToList();
        var answer = new JsonObject
        {
            ["id"] = deployment.Id,
            ["status"] = deployment.Status,
            ["taskDefinition"] = deployment.TaskDefinitionArn,
            ["desiredCount"] = Desired(service, deployment, mine),
            ["pendingCount"] = Pending(mine),
            ["runningCount"] = Running(mine),
            ["failedTasks"] = deployment.FailedTasks,
            ["createdAt"] = Json.Time(deployment.CreatedAt),
            ["updatedAt"] = Json.Time(deployment.UpdatedAt),
            ["platformFamily"] = "Linux",
            ["rolloutState"] = deployment.RolloutState,
            ["rolloutStateReason"] = deployment.RolloutStateReason,
        };
        foreach (var name in DeploymentSettings) answer[name] = service.Settings[name]?.DeepClone();
        return Json.WithoutNulls(answer);
    }

    private static JsonObject Summary(Service service, Deployment deployment, IEnumerable<EcsTask> alive)
    {
        var mine = alive.Where(task => task.RevisionArn == deployment.RevisionArn).ToList();
        return new JsonObject
        {
            ["arn"] = deployment.RevisionArn,
            ["requestedTaskCount"] = Desired(service, deployment, mine),
            ["runningTaskCount"] = Running(mine),
            ["pendingTaskCount"] = Pending(mine),
        };
    }

    private static int Desired(Service service, Deployment deployment, IEnumerable<EcsTask> mine) =>
        deployment.Status == Model.Deployment.Primary ? service.DesiredCount : mine.Count(task => task.IsWanted);
}
