using System.Text.Json.Nodes;
using Slipway.LocalCloud.Ecs.Model;

namespace Slipway.LocalCloud.Ecs.Answers;

/// <summary>Service deployments and revisions as their Describe operations show them.</summary>
internal static class ServiceDeploymentAnswer
{
    public static JsonObject Brief(Service service, ServiceDeployment deployment) => Json.WithoutNulls(new JsonObject
    {
        ["serviceDeploymentArn"] = deployment.Arn,
        ["serviceArn"] = service.Arn,
        ["clusterArn"] = service.ClusterArn,
        ["startedAt"] = Json.Time(deployment.CreatedAt),
        ["createdAt"] = Json.Time(deployment.CreatedAt),
        ["finishedAt"] = Json.Time(deployment.FinishedAt),
        ["targetServiceRevisionArn"] = deployment.TargetRevisionArn,
        ["status"] = deployment.Status,
        ["statusReason"] = deployment.StatusReason,
    });

    public static JsonObject Of(Service service, ServiceDeployment deployment, IEnumerable<EcsTask> tasks)
    {
        var mine = tasks.Where(task => task.RevisionArn == deployment.TargetRevisionArn && !task.IsStopped).ToList();
        return Json.WithoutNulls(new JsonObject
        {
            ["serviceDeploymentArn"] = deployment.Arn,
            ["serviceArn"] = service.Arn,
            ["clusterArn"] = service.ClusterArn,
            ["createdAt"] = Json.Time(deployment.CreatedAt),
            ["startedAt"] = Json.Time(deployment.CreatedAt),
            ["finishedAt"] = Json.Time(deployment.FinishedAt),
            ["stoppedAt"] = Json.Time(deployment.StoppedAt),
            ["updatedAt"] = Json.Time(deployment.UpdatedAt),
            ["sourceServiceRevisions"] = Json.Array(
                deployment.Sources, source => Revision(source.Arn, source.Requested, source.Running, source.Pending)),
            ["targetServiceRevision"] = Revision(
                deployment.TargetRevisionArn, service.DesiredCount, ServiceAnswer.Running(mine), ServiceAnswer.Pending(mine)),
            ["status"] = deployment.Status,
            ["statusReason"] = deployment.StatusReason,
            ["deploymentConfiguration"] = service.Settings["deploymentConfiguration"]?.DeepClone(),
            ["rollback"] = deployment.Rollback is not { } rollback ? null : new JsonObject
            {
                ["reason"] = rollback.Reason,
                ["startedAt"] = Json.Time(rollback.StartedAt),
                ["serviceRevisionArn"] = rollback.RevisionArn,
            },
            ["deploymentCircuitBreaker"] = new JsonObject
            {
                ["status"] = deployment.BreakerStatus,
                ["failureCount"] = deployment.FailureCount,
                ["threshold"] = deployment.Threshold,
            },
        });
    }

    public static JsonObject Of(Service service, ServiceRevision revision)
    {
        var answer = new JsonObject
        {
            ["serviceRevisionArn"] = revision.Arn,
            ["serviceArn"] = service.Arn,
            ["clusterArn"] = service.ClusterArn,
            ["taskDefinition"] = revision.TaskDefinitionArn,
            ["platformFamily"] = "Linux",
            ["containerImages"] = Json.Array(revision.Images, image => Json.WithoutNulls(new JsonObject
            {
                ["containerName"] = image.ContainerName,
                ["image"] = image.Image,
                ["imageDigest"] = image.Digest,
            })),
            ["guardDutyEnabled"] = false,
            ["createdAt"] = Json.Time(revision.CreatedAt),
        };
        foreach (var name in (string[])["launchType", "capacityProviderStrategy", "platformVersion", "loadBalancers", "networkConfiguration"])
            answer[name] = service.Settings[name]?.DeepClone();
        return Json.WithoutNulls(answer);
    }

    private static JsonObject Revision(string arn, int requested, int running, int pending) => new()
    {
        ["arn"] = arn,
        ["requestedTaskCount"] = requested,
        ["runningTaskCount"] = running,
        ["pendingTaskCount"] = pending,
    };
}
