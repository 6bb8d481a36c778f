using Amazon.ECS;
using Amazon.ECS.Model;
using Task = System.Threading.Tasks.Task;

namespace Slipway.EndToEnd.Tests.Support;

/// <summary>The cluster of an embedded cloud, changed by somebody other than the pipeline.</summary>
internal sealed class EcsAccount(int port) : IDisposable
{
    private const string Cluster = "emotional-parrot";

    private readonly AmazonECSClient _client = new(
        LocalKeys.Id, LocalKeys.Secret, new AmazonECSConfig { ServiceURL = $"http://127.0.0.1:{port}", AuthenticationRegion = LocalKeys.Region });

    /// <summary>A new service of no tasks yet, without a circuit breaker, unless it is given more.</summary>
    public async Task CreateServiceAsync(string name, Action<CreateServiceRequest>? given = null)
    {
        var request = new CreateServiceRequest
        {
            Cluster = Cluster,
            ServiceName = name,
            TaskDefinition = "stream-ml-service",
            DesiredCount = 0,
            NetworkConfiguration = new NetworkConfiguration { AwsvpcConfiguration = new AwsVpcConfiguration { Subnets = ["subnet-1"] } },
        };
        given?.Invoke(request);
        await _client.CreateServiceAsync(request);
    }

    /// <summary>Another deployment of a service: of another task definition, or of the same once more.</summary>
    public async Task UpdateServiceAsync(string name, string? taskDefinition = null) => await _client.UpdateServiceAsync(
        new UpdateServiceRequest { Cluster = Cluster, Service = name, TaskDefinition = taskDefinition, ForceNewDeployment = taskDefinition is null });

    /// <summary>Ends what a service still tries.</summary>
    public async Task DeleteServiceAsync(string name) => await _client.DeleteServiceAsync(new DeleteServiceRequest { Cluster = Cluster, Service = name, Force = true });

    /// <summary>The ARN of the task definition that a service has.</summary>
    public async Task<string> TaskDefinitionOfAsync(string service) => (await DescribeAsync(service)).TaskDefinition;

    /// <summary>Waits until a service's primary deployment has this rollout state.</summary>
    public async Task UntilPrimaryIsAsync(string service, string rolloutState)
    {
        for (var look = 0; look < 300; look++)
        {
            var primary = (await DescribeAsync(service)).Deployments.Single(deployment => deployment.Status == "PRIMARY");
            if (primary.RolloutState == rolloutState) return;
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }

        Assert.Fail($"The primary deployment of '{service}' does not get {rolloutState}.");
    }

    /// <summary>When tasks of a service stopped, in the order of their ends.</summary>
    public async Task<IReadOnlyList<DateTimeOffset>> TaskEndsAsync(string service)
    {
        var list = await _client.ListTasksAsync(new ListTasksRequest { Cluster = Cluster, ServiceName = service, DesiredStatus = DesiredStatus.STOPPED });
        if (list.TaskArns is not { Count: > 0 } arns) return [];
        var tasks = await _client.DescribeTasksAsync(new DescribeTasksRequest { Cluster = Cluster, Tasks = arns });
        return [.. tasks.Tasks.Select(task => task.StoppedAt).OfType<DateTime>().Select(ended => new DateTimeOffset(ended.ToUniversalTime())).Order()];
    }

    private async Task<Service> DescribeAsync(string service) =>
        (await _client.DescribeServicesAsync(new DescribeServicesRequest { Cluster = Cluster, Services = [service] })).Services.Single();

    public void Dispose() => _client.Dispose();
}
