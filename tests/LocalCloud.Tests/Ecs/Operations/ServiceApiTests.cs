using System.Text.Json.Nodes;
using Slipway.LocalCloud.Protocol;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Ecs.Operations;

internal sealed class ServiceApiTests : CloudFixture
{
    [Test]
    public async Task The_account_is_seeded_like_the_real_one()
    {
        var service = await new ServiceDriver(Cloud).DescribeAsync();
        Assert.That((string?)service["serviceArn"], Is.EqualTo("arn:aws:ecs:us-east-1:123456789012:service/emotional-parrot/stream-ml-service-1"));
        Assert.That((int)service["desiredCount"]!, Is.Zero);
        Assert.That((string?)service["launchType"], Is.EqualTo("FARGATE"));
        Assert.That((string?)service["taskDefinition"], Does.EndWith("task-definition/stream-ml-service:1"));
        Assert.That((bool)service["deploymentConfiguration"]!["deploymentCircuitBreaker"]!["rollback"]!, Is.True);
        Assert.That((int)service["loadBalancers"]![0]!["containerPort"]!, Is.EqualTo(8000));
        var clusters = await Signed.OkAsync("ecs", "DescribeClusters", new JsonObject { ["clusters"] = new JsonArray(Account.Cluster, "other") });
        Assert.That((string?)clusters["clusters"]![0]!["status"], Is.EqualTo("ACTIVE"));
        Assert.That((string?)clusters["failures"]![0]!["reason"], Is.EqualTo("MISSING"));
    }

    [Test]
    public async Task What_is_missing_is_a_failure_or_an_error_as_with_ECS()
    {
        var answer = await Signed.OkAsync("ecs", "DescribeServices", new JsonObject { ["cluster"] = Account.Cluster, ["services"] = new JsonArray("missing") });
        Assert.That(answer["failures"]!.ToJsonString(), Is.EqualTo(
            """[{"arn":"arn:aws:ecs:us-east-1:123456789012:service/emotional-parrot/missing","reason":"MISSING"}]"""));
        await RefusedAsync("DescribeServices", new JsonObject { ["cluster"] = "missing", ["services"] = new JsonArray("x") }, "ClusterNotFoundException");
        await RefusedAsync("DescribeServices", new JsonObject { ["services"] = new JsonArray("x") }, "ClusterNotFoundException");
        await RefusedAsync("UpdateService", new JsonObject { ["cluster"] = Account.Cluster, ["service"] = "missing" }, "ServiceNotFoundException");
        await RefusedAsync("ListTasks", new JsonObject { ["cluster"] = Account.Cluster, ["serviceName"] = "missing" }, "ServiceNotFoundException");
        await RefusedAsync("StopTask", new JsonObject { ["cluster"] = Account.Cluster, ["task"] = "missing" }, "InvalidParameterException");
        await RefusedAsync("StopServiceDeployment", new JsonObject { ["serviceDeploymentArn"] = "missing" }, "ServiceDeploymentNotFoundException");
        var tasks = await Signed.OkAsync("ecs", "DescribeTasks", new JsonObject { ["cluster"] = Account.Cluster, ["tasks"] = new JsonArray("missing") });
        Assert.That((string?)tasks["failures"]![0]!["reason"], Is.EqualTo("MISSING"));
    }

    [Test]
    public async Task A_service_is_created_found_and_deleted()
    {
        var name = Unique("web");
        var created = await CreateAsync(name);
        var arn = (string)created["service"]!["serviceArn"]!;
        Assert.That((string?)created["service"]!["deployments"]![0]!["rolloutState"], Is.EqualTo("IN_PROGRESS"));
        await RefusedAsync("CreateService", Creation(name), "InvalidParameterException", "Creation of service was not idempotent.");
        var list = await Signed.OkAsync("ecs", "ListServices", new JsonObject { ["cluster"] = Account.Cluster });
        Assert.That(list["serviceArns"]!.AsArray().Select(item => (string?)item), Does.Contain(arn));

        var driver = new ServiceDriver(Cloud, name);
        await driver.UntilAsync(now => (string?)now["deployments"]![0]!["rolloutState"] == "COMPLETED");
        await Signed.OkAsync("ecs", "DeleteService", new JsonObject { ["cluster"] = Account.Cluster, ["service"] = name });
        await driver.UntilAsync(now => (string?)now["status"] == "INACTIVE");
        await RefusedAsync("UpdateService", new JsonObject { ["cluster"] = Account.Cluster, ["service"] = name }, "ServiceNotActiveException");
        await CreateAsync(name);
    }

    [Test]
    public async Task A_change_of_the_desired_count_alone_makes_no_deployment_but_force_does()
    {
        var name = Unique("scale");
        var id = (string?)(await CreateAsync(name))["service"]!["deployments"]![0]!["id"];
        var same = await UpdateAsync(new JsonObject { ["cluster"] = Account.Cluster, ["service"] = name, ["desiredCount"] = 0 });
        Assert.That((string?)same["deployments"]![0]!["id"], Is.EqualTo(id));
        var forced = await UpdateAsync(new JsonObject { ["cluster"] = Account.Cluster, ["service"] = name, ["forceNewDeployment"] = true });
        Assert.That((string?)forced["deployments"]![0]!["id"], Is.Not.EqualTo(id));

        var history = await Signed.OkAsync("ecs", "ListServiceDeployments", new JsonObject { ["cluster"] = Account.Cluster, ["service"] = name });
        var newest = history["serviceDeployments"]![0]!;
        Assert.That(history["serviceDeployments"]!.AsArray(), Has.Count.EqualTo(2));
        Assert.That((string?)newest["serviceDeploymentArn"], Does.Match($"^arn:aws:ecs:us-east-1:123456789012:service-deployment/emotional-parrot/{name}/\\w{{21}}$"));
        var revision = await Signed.OkAsync("ecs", "DescribeServiceRevisions", new JsonObject
        {
            ["serviceRevisionArns"] = new JsonArray((string?)newest["targetServiceRevisionArn"], "missing"),
        });
        Assert.That((string?)revision["serviceRevisions"]![0]!["taskDefinition"], Does.EndWith("stream-ml-service:1"));
        Assert.That((string?)revision["serviceRevisions"]![0]!["containerImages"]![0]!["containerName"], Is.EqualTo("stream-ml-service"));
        Assert.That(revision["failures"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Services_come_ten_at_a_time_and_service_deployments_twenty()
    {
        await Signed.OkAsync("ecs", "CreateCluster", new JsonObject { ["clusterName"] = "pages" });
        for (var i = 0; i < 11; i++)
        {
            var creation = Creation($"page-{i:D2}");
            creation["cluster"] = "pages";
            await Signed.OkAsync("ecs", "CreateService", creation);
        }

        for (var i = 0; i < 20; i++)
            await UpdateAsync(new JsonObject { ["cluster"] = "pages", ["service"] = "page-00", ["forceNewDeployment"] = true });
        var services = await Signed.OkAsync("ecs", "ListServices", new JsonObject { ["cluster"] = "pages" });
        var deployments = await Signed.OkAsync("ecs", "ListServiceDeployments", new JsonObject { ["cluster"] = "pages", ["service"] = "page-00" });
        Assert.That((services["serviceArns"]!.AsArray().Count, services["nextToken"] is not null), Is.EqualTo((10, true)));
        Assert.That((deployments["serviceDeployments"]!.AsArray().Count, deployments["nextToken"] is not null), Is.EqualTo((20, true)));
    }

    [Test]
    public async Task A_deployment_under_way_can_be_stopped()
    {
        var name = Unique("stopped");
        await CreateAsync(name);
        var updated = await UpdateAsync(new JsonObject { ["cluster"] = Account.Cluster, ["service"] = name, ["desiredCount"] = 1, ["forceNewDeployment"] = true });
        var arn = (string)updated["currentServiceDeployment"]!;
        await RefusedAsync("StopServiceDeployment", new JsonObject { ["serviceDeploymentArn"] = arn, ["stopType"] = "ROLLBACK" }, "ConflictException");
        await Signed.OkAsync("ecs", "StopServiceDeployment", new JsonObject { ["serviceDeploymentArn"] = arn, ["stopType"] = "ABORT" });
        await RefusedAsync("StopServiceDeployment", new JsonObject { ["serviceDeploymentArn"] = arn, ["stopType"] = "ABORT" }, "ConflictException", "The service deployment is in state STOP_REQUESTED");

        var driver = new ServiceDriver(Cloud, name);
        await driver.UntilAsync(now => (string?)now["deployments"]![0]!["rolloutState"] == "FAILED");
        Assert.That((string?)(await driver.ServiceDeploymentAsync(arn))["status"], Is.EqualTo("STOPPED"));
    }

    [Test]
    public async Task What_this_cloud_cannot_do_is_refused_and_not_ignored()
    {
        await RefusedAsync("CreateService", With("deploymentController", new JsonObject { ["type"] = "CODE_DEPLOY" }), "InvalidParameterException", "The deployment controller CODE_DEPLOY");
        await RefusedAsync("CreateService", With("launchType", "EC2"), "InvalidParameterException", "The launch type EC2");
        await RefusedAsync("CreateService", With("deploymentConfiguration", new JsonObject { ["strategy"] = "BLUE_GREEN" }), "InvalidParameterException", "The deployment strategy");
        await RefusedAsync("CreateService", With("networkConfiguration", null), "InvalidParameterException", "Network Configuration must be provided");
        await RefusedAsync("CreateService", With("taskDefinition", "missing"), "ClientException", "TaskDefinition not found.");
        await RefusedAsync("CreateService", With("desiredCount", 1_000_000), "InvalidParameterException", "desiredCount");
        await RefusedAsync("CreateService", With("deploymentConfiguration", new JsonObject { ["minimumHealthyPercent"] = 100, ["maximumPercent"] = 100 }),
            "InvalidParameterException", "Both maximumPercent and minimumHealthyPercent cannot be 100");
        await RefusedAsync("CreateService", With("loadBalancers", new JsonArray(new JsonObject { ["containerName"] = "other", ["containerPort"] = 1 })),
            "InvalidParameterException", "The container other does not exist in the task definition.");
        var answer = await Signed.CallAsync("ecs", "CreateTaskSet", new JsonObject());
        Assert.That((answer.Status, answer.Code), Is.EqualTo((400, "UnknownOperationException")));
    }

    private async Task<JsonObject> UpdateAsync(JsonObject input) => (await Signed.OkAsync("ecs", "UpdateService", input))["service"]!.AsObject();

    private Task<JsonObject> CreateAsync(string name) => Signed.OkAsync("ecs", "CreateService", Creation(name));

    private static JsonObject With(string member, JsonNode? value)
    {
        var input = Creation(Unique("no"));
        input[member] = value;
        if (value is null) input.Remove(member);
        return input;
    }

    private static JsonObject Creation(string name) => new()
    {
        ["cluster"] = Account.Cluster,
        ["serviceName"] = name,
        ["taskDefinition"] = "stream-ml-service:1",
        ["desiredCount"] = 0,
        ["networkConfiguration"] = new JsonObject { ["awsvpcConfiguration"] = new JsonObject { ["subnets"] = new JsonArray("subnet-1") } },
    };

    private async Task RefusedAsync(string operation, JsonObject input, string code, string message = "")
    {
        var answer = await Signed.CallAsync("ecs", operation, input);
        Assert.That((answer.Status, answer.Code), Is.EqualTo((400, code)), answer.Text);
        Assert.That(answer.Message, Does.StartWith(message));
    }
}
