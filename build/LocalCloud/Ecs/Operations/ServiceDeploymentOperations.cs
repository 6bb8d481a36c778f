using System.Text.Json.Nodes;
using Slipway.LocalCloud.Ecs.Answers;
using Slipway.LocalCloud.Ecs.Model;
using Slipway.LocalCloud.Ecs.Planning;
using Slipway.LocalCloud.Ecs.Storage;
using Slipway.LocalCloud.Protocol;

namespace Slipway.LocalCloud.Ecs.Operations;

/// <summary>Service deployments and revisions: the history that outlives "deployments".</summary>
internal sealed class ServiceDeploymentOperations(EcsState state, StaleReads reads, TimeProvider time)
{
    public JsonObject List(JsonObject input)
    {
        var service = Lookup.Service(reads.Read("ecs:ListServiceDeployments"), input);
        var wanted = (input["status"] as JsonArray)?.Select(item => (string?)item).ToHashSet(StringComparer.Ordinal);
        var after = Moment(input["createdAt"]?["after"]);
        var before = Moment(input["createdAt"]?["before"]);
        return Paging.Page(input, "serviceDeployments",
        [
            .. service.History
                .Where(deployment => wanted is null or { Count: 0 } || wanted.Contains(deployment.Status))
                .Where(deployment => (after is null || deployment.CreatedAt >= after) && (before is null || deployment.CreatedAt <= before))
                .Select(deployment => (JsonNode?)ServiceDeploymentAnswer.Brief(service, deployment)),
        ], usual: 20);
    }

    public JsonObject Describe(JsonObject input)
    {
        var snapshot = state.Current;
        var found = new JsonArray();
        var failures = new JsonArray();
        foreach (var arn in (input["serviceDeploymentArns"] as JsonArray ?? []).Select(item => (string?)item ?? ""))
        {
            if (Find(snapshot, arn) is var (service, deployment)) found.Add(ServiceDeploymentAnswer.Of(service, deployment, snapshot.TasksOf(service)));
            else failures.Add(new JsonObject { ["arn"] = arn, ["reason"] = "MISSING" });
        }

        return new JsonObject { ["serviceDeployments"] = found, ["failures"] = failures };
    }

    public JsonObject DescribeRevisions(JsonObject input)
    {
        var snapshot = state.Current;
        var found = new JsonArray();
        var failures = new JsonArray();
        foreach (var arn in (input["serviceRevisionArns"] as JsonArray ?? []).Select(item => (string?)item ?? ""))
        {
            var service = snapshot.Services.Values.FirstOrDefault(one => one.Revision(arn) is not null);
            if (service?.Revision(arn) is { } revision) found.Add(ServiceDeploymentAnswer.Of(service, revision));
            else failures.Add(new JsonObject { ["arn"] = arn, ["reason"] = "MISSING" });
        }

        return new JsonObject { ["serviceRevisions"] = found, ["failures"] = failures };
    }

    public JsonObject Stop(JsonObject input)
    {
        var arn = (string?)input["serviceDeploymentArn"] ?? "";
        var rollback = ((string?)input["stopType"] ?? "ROLLBACK") == "ROLLBACK";
        state.Update(before =>
        {
            var (service, deployment) = Find(before, arn)
                ?? throw new ApiException("ServiceDeploymentNotFoundException", "The service deployment ARN that you specified does not exist.");
            if (service.Primary is not { RolloutState: Deployment.InProgress, IsRollback: false } primary
                || primary.ServiceDeploymentArn != deployment.Arn || deployment.IsOver || deployment.EndRequestedAt is not null)
                throw new ApiException("ConflictException", $"The service deployment is in state {deployment.Status} and cannot be stopped.");
            return before.With(Rollouts.Request(service, primary, rollback, time.GetUtcNow())
                ?? throw new ApiException("ConflictException", "There is no completed service deployment to roll back to."));
        });
        return new JsonObject { ["serviceDeploymentArn"] = arn };
    }

    private static (Service Service, ServiceDeployment Deployment)? Find(EcsSnapshot snapshot, string arn)
    {
        foreach (var service in snapshot.Services.Values)
            if (service.ServiceDeployment(arn) is { } deployment) return (service, deployment);
        return null;
    }

    /// <summary>Clients send numbers; boto3 also sends ISO text.</summary>
    private static DateTimeOffset? Moment(JsonNode? node) => node is not JsonValue value ? null
        : value.TryGetValue<double>(out var seconds) && Math.Abs(seconds) < 1e11 ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
        : value.TryGetValue<DateTimeOffset>(out var moment) ? moment
        : null;
}
