using System.Text;
using Amazon.CloudWatchLogs.Model;
using Amazon.ECR;
using Amazon.ECR.Model;
using Amazon.ECS.Model;
using AWSSDK.Tests.Support;
using Slipway.Deployment.Aws;
using Task = System.Threading.Tasks.Task;

namespace AWSSDK.Tests.Wire;

internal sealed class MotoTests
{
    private MotoServer? moto;

    [OneTimeSetUp]
    public async Task Start()
    {
        RawJson.Install();
        using var bound = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        moto = await MotoServer.StartAsync(bound.Token);
        if (moto is null) Assert.Ignore("moto_server is not installed: pip install 'moto[server,ecs,ecr,logs]' adds these tests.");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (moto is not null) await moto.DisposeAsync();
    }

    [Test]
    public async Task Ecr_knows_the_repository_that_was_created()
    {
        using var ecr = Clients.Ecr(moto!.Url);
        var created = await ecr.CreateRepositoryAsync(new CreateRepositoryRequest
        {
            RepositoryName = "web",
            ImageTagMutability = ImageTagMutability.IMMUTABLE,
            Tags = [new() { Key = "team", Value = "ml" }],
        });
        var token = await ecr.GetAuthorizationTokenAsync(new GetAuthorizationTokenRequest());
        var described = await ecr.DescribeRepositoriesAsync(new DescribeRepositoriesRequest { RepositoryNames = ["web"] });
        var images = await ecr.DescribeImagesAsync(new DescribeImagesRequest { RepositoryName = "web" });
        Assert.Multiple(() =>
        {
            Assert.That(described.Repositories.Single().RepositoryUri, Is.EqualTo(created.Repository.RepositoryUri));
            Assert.That(described.Repositories.Single().ImageTagMutability, Is.EqualTo(ImageTagMutability.IMMUTABLE));
            Assert.That(described.Repositories.Single().CreatedAt, Is.GreaterThan(new DateTime(2020, 1, 1)));
            Assert.That(Encoding.UTF8.GetString(Convert.FromBase64String(token.AuthorizationData.Single().AuthorizationToken)), Does.StartWith("AWS:"));
            Assert.That(token.AuthorizationData.Single().ExpiresAt!.Value.Kind, Is.EqualTo(DateTimeKind.Utc));
            Assert.That(images.ImageDetails, Is.Empty);
        });
        await Assert.ThrowsAsync<RepositoryNotFoundException>(() =>
            ecr.DescribeImagesAsync(new DescribeImagesRequest { RepositoryName = "none" }));
    }

    [Test]
    public async Task Ecs_runs_through_register_create_describe_and_update()
    {
        using var ecs = Clients.Ecs(moto!.Url);
        await ecs.CreateClusterAsync(new CreateClusterRequest { ClusterName = "c" });
        var register = new RegisterTaskDefinitionRequest();
        var exchange = RawJson.Attach(register, """
            {"family":"web","cpu":"256","memory":"512","containerDefinitions":[{"name":"web","image":"web:1","essential":true}]}
            """u8.ToArray());
        var registered = await ecs.RegisterTaskDefinitionAsync(register);
        var described = await ecs.DescribeTaskDefinitionAsync(new DescribeTaskDefinitionRequest { TaskDefinition = "web" });
        await ecs.CreateServiceAsync(new CreateServiceRequest
        {
            Cluster = "c",
            ServiceName = "s",
            TaskDefinition = "web",
            DesiredCount = 0,
            LaunchType = Amazon.ECS.LaunchType.EC2,
        });
        await ecs.UpdateServiceAsync(new UpdateServiceRequest { Cluster = "c", Service = "s", TaskDefinition = "web", DesiredCount = 1 });
        var service = (await ecs.DescribeServicesAsync(new DescribeServicesRequest { Cluster = "c", Services = ["s", "none"] }));
        var tasks = await ecs.ListTasksAsync(new ListTasksRequest { Cluster = "c" });
        Assert.Multiple(() =>
        {
            Assert.That(exchange.ResponseText, Does.Contain(registered.TaskDefinition.TaskDefinitionArn));
            Assert.That(described.TaskDefinition.ContainerDefinitions.Single().Image, Is.EqualTo("web:1"));
            Assert.That(service.Services.Single().DesiredCount, Is.EqualTo(1));
            Assert.That(service.Services.Single().Deployments, Is.Not.Empty);
            Assert.That(service.Failures.Single().Reason, Is.EqualTo("MISSING"));
            Assert.That(tasks.TaskArns, Is.Not.Null);
        });
        var error = (await Assert.ThrowsAsync<ClusterNotFoundException>(() =>
            ecs.DescribeServicesAsync(new DescribeServicesRequest { Cluster = "none", Services = ["s"] })))!;
        Assert.That(error.ErrorCode, Is.EqualTo("ClusterNotFoundException"));
    }

    [Test]
    public async Task Logs_give_back_the_lines_that_were_put()
    {
        using var logs = Clients.Logs(moto!.Url);
        await logs.CreateLogGroupAsync(new CreateLogGroupRequest { LogGroupName = "/ecs/web" });
        await logs.CreateLogStreamAsync(new CreateLogStreamRequest { LogGroupName = "/ecs/web", LogStreamName = "a" });
        var time = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()).UtcDateTime;
        await logs.PutLogEventsAsync(new PutLogEventsRequest
        {
            LogGroupName = "/ecs/web",
            LogStreamName = "a",
            LogEvents = [new() { Timestamp = time, Message = "hällo" }],
        });
        var filtered = await logs.FilterLogEventsAsync(new FilterLogEventsRequest { LogGroupName = "/ecs/web" });
        var read = await logs.GetLogEventsAsync(new GetLogEventsRequest { LogGroupName = "/ecs/web", LogStreamName = "a" });
        var group = (await logs.DescribeLogGroupsAsync(new DescribeLogGroupsRequest())).LogGroups.Single();
        Assert.Multiple(() =>
        {
            Assert.That(filtered.Events.Single().Message, Is.EqualTo("hällo"));
            Assert.That(DateTimeOffset.FromUnixTimeMilliseconds(filtered.Events.Single().Timestamp!.Value).UtcDateTime, Is.EqualTo(time));
            Assert.That(read.Events.Single().Timestamp, Is.EqualTo(time));
            Assert.That(group.CreationTime!.Value.Kind, Is.EqualTo(DateTimeKind.Utc));
        });
    }
}
