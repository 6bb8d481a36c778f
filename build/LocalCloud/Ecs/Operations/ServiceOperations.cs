using System.Text.Json.Nodes;
using Slipway.LocalCloud.Ecs.Answers;
using Slipway.LocalCloud.Ecs.Model;
using Slipway.LocalCloud.Ecs.Planning;
using Slipway.LocalCloud.Ecs.Storage;
using static Slipway.LocalCloud.Ecs.Operations.TaskDefinitionOperations;

namespace Slipway.LocalCloud.Ecs.Operations;

/// <summary>Services: what is asked of the scheduler.</summary>
internal sealed class ServiceOperations(EcsState state, StaleReads reads, ImageDigests images, TimeProvider time)
{
    private static readonly string[] NotSettings =
        ["cluster", "service", "serviceName", "taskDefinition", "desiredCount", "clientToken", "tags", "forceNewDeployment", "role"];

    /// <summary>Members whose change is a new revision; the others only tell how to deploy.</summary>
    private static readonly string[] RevisionSettings =
        ["networkConfiguration", "loadBalancers", "platformVersion", "capacityProviderStrategy", "serviceRegistries", "serviceConnectConfiguration", "volumeConfigurations"];

    private static readonly IReadOnlyDictionary<string, string?> NoDigests = new Dictionary<string, string?>();

    public JsonObject Create(JsonObject input)
    {
        var name = (string?)input["serviceName"] ?? "";
        if (!ServiceRules.IsName(name)) throw Refusals.InvalidParameter("serviceName must match ^[a-zA-Z0-9\\-_]{1,255}$");
        var now = time.GetUtcNow();
        Service? created = null;
        var digests = Lookup.TaskDefinition(state.Current, (string?)input["taskDefinition"] ?? "") is { } known ? images.Of(known) : NoDigests;
        state.Update(before =>
        {
            var cluster = Lookup.Cluster(before, input);
            if (Lookup.FindService(before, cluster, name) is { Status: not Service.Inactive })
                throw Refusals.InvalidParameter("Creation of service was not idempotent.");
            var definition = Lookup.Startable(before, (string?)input["taskDefinition"] ?? "");
            var settings = SettingsOf(input);
            settings["schedulingStrategy"] ??= "REPLICA";
            settings["deploymentController"] ??= new JsonObject { ["type"] = "ECS" };
            settings["propagateTags"] ??= "NONE";
            if (settings["capacityProviderStrategy"] is null) settings["launchType"] ??= "FARGATE";
            settings["platformVersion"] ??= "LATEST";
            settings["deploymentConfiguration"] = Configuration(null, input["deploymentConfiguration"] as JsonObject);
            ServiceRules.Check(settings, definition);
            var service = new Service
            {
                Name = name,
                Arn = Names.Service(cluster.Name, name),
                ClusterArn = cluster.Arn,
                DesiredCount = Desired(input) ?? 0,
                CreatedAt = now,
                Settings = settings,
                Tags = input["tags"] is JsonArray tags ? Json.Copy(tags) : [],
            };
            created = Rollouts.Begin(service, Revision(service, definition, digests, now), [], now);
            return before.With(created);
        });
        return Answer(created!);
    }

    public JsonObject Update(JsonObject input)
    {
        var now = time.GetUtcNow();
        Service? updated = null;
        var asked = Changed(state.Current, input);
        var digests = asked.IsNew ? images.Of(asked.Definition) : NoDigests;
        state.Update(before =>
        {
            var (service, changed, definition, isNew) = Changed(before, input);
            updated = isNew ? Rollouts.Begin(changed, Revision(changed, definition, digests, now), before.TasksOf(service), now) : changed;
            reads.Remember(service);
            return before.With(updated);
        });
        return Answer(updated!);
    }

    public JsonObject Delete(JsonObject input)
    {
        Service? deleted = null;
        state.Update(before =>
        {
            var service = Lookup.Service(before, input);
            if (service.Status == Service.Inactive) throw Refusals.ServiceNotFound();
            if (service.DesiredCount > 0 && !((bool?)input["force"] ?? false))
                throw Refusals.InvalidParameter("The service cannot be stopped while it is scaled above 0.");
            deleted = service with { Status = Service.Draining, DesiredCount = 0 };
            return before.With(deleted);
        });
        return Answer(deleted!);
    }

    public JsonObject Describe(JsonObject input)
    {
        var snapshot = reads.Read("ecs:DescribeServices");
        var cluster = Lookup.Cluster(snapshot, input);
        var names = (input["services"] as JsonArray ?? []).Select(item => (string?)item ?? "").ToList();
        if (names.Count is 0 or > 10) throw Refusals.InvalidParameter("Services must have between 1 and 10 entries.");
        var found = new JsonArray();
        var failures = new JsonArray();
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            if (Lookup.FindService(snapshot, cluster, name) is { } service)
                found.Add(ServiceAnswer.Of(service, [.. snapshot.TasksOf(service)], Includes(input, "TAGS")));
            else
                failures.Add(new JsonObject { ["arn"] = Names.IsArn(name) ? name : Names.Service(cluster.Name, name), ["reason"] = "MISSING" });
        }

        return new JsonObject { ["services"] = found, ["failures"] = failures };
    }

    public JsonObject List(JsonObject input)
    {
        var snapshot = state.Current;
        var cluster = Lookup.Cluster(snapshot, input);
        return Paging.Page(input, "serviceArns",
        [
            .. snapshot.Services.Values
                .Where(service => service.ClusterArn == cluster.Arn && service.Status != Service.Inactive)
                .Select(service => (JsonNode?)JsonValue.Create(service.Arn)),
        ], usual: 10);
    }

    private JsonObject Answer(Service service) => new()
    {
        ["service"] = ServiceAnswer.Of(service, [.. state.Current.TasksOf(service)], withTags: true),
    };

    private static ServiceRevision Revision(Service service, TaskDefinition definition, IReadOnlyDictionary<string, string?> digests, DateTimeOffset now) => new()
    {
        Arn = Names.ServiceRevision(Names.Short(service.ClusterArn), service.Name, Names.NewNumber()),
        TaskDefinitionArn = definition.Arn,
        CreatedAt = now,
        Images =
        [
            .. ContainerDefinition.All(definition.Document)
                .Select(container => new PinnedImage(container.Name, container.Image, digests.GetValueOrDefault(container.Image))),
        ],
    };

    /// <summary>A service as an update asks for it, and whether that takes a new revision.</summary>
    private static (Service Before, Service After, TaskDefinition Definition, bool IsNew) Changed(EcsSnapshot snapshot, JsonObject input)
    {
        var service = Lookup.Service(snapshot, input);
        if (service.Status != Service.Active) throw Refusals.ServiceNotActive();
        var primary = service.Primary!;
        var definition = input["taskDefinition"] is { } wanted
            ? Lookup.Startable(snapshot, (string)wanted!)
            : snapshot.TaskDefinitions[primary.TaskDefinitionArn];
        var settings = Json.Copy(service.Settings);
        foreach (var (member, value) in SettingsOf(input)) settings[member] = value?.DeepClone();
        settings["deploymentConfiguration"] = Configuration(
            service.Settings["deploymentConfiguration"] as JsonObject, input["deploymentConfiguration"] as JsonObject);
        ServiceRules.Check(settings, definition);

        var desired = Desired(input) ?? service.DesiredCount;
        var isNew = definition.Arn != primary.TaskDefinitionArn
            || ((bool?)input["forceNewDeployment"] ?? false)
            || RevisionSettings.Any(member => !JsonNode.DeepEquals(settings[member], service.Settings[member]));
        var after = service with { Settings = settings, DesiredCount = desired, Steady = service.Steady && desired == service.DesiredCount };
        return (service, after, definition, isNew);
    }

    private static int? Desired(JsonObject input)
    {
        var desired = (int?)input["desiredCount"];
        return desired is < 0 or > 100 ? throw Refusals.InvalidParameter("desiredCount must be between 0 and 100 on this machine.") : desired;
    }

    private static JsonObject SettingsOf(JsonObject input)
    {
        var settings = Json.Copy(input);
        foreach (var name in NotSettings) settings.Remove(name);
        return settings;
    }

    private static JsonObject Configuration(JsonObject? before, JsonObject? changes)
    {
        var configuration = before is null ? [] : Json.Copy(before);
        foreach (var (member, value) in changes ?? []) configuration[member] = value?.DeepClone();
        configuration["deploymentCircuitBreaker"] ??= new JsonObject { ["enable"] = false, ["rollback"] = false };
        configuration["maximumPercent"] ??= 200;
        configuration["minimumHealthyPercent"] ??= 100;
        configuration["strategy"] ??= "ROLLING";
        return configuration;
    }
}
