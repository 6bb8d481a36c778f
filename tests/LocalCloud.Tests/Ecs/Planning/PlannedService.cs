using System.Text.Json.Nodes;
using Slipway.LocalCloud.Ecs.Model;
using Slipway.LocalCloud.Ecs.Planning;

namespace Slipway.LocalCloud.Tests.Ecs.Planning;

/// <summary>Plays the scheduler's loop by hand: plans, applies, moves tasks on, without clock and without processes.</summary>
internal sealed class PlannedService
{
    private readonly Dictionary<string, EcsTask> tasks = new(StringComparer.Ordinal);
    private int revision;

    public PlannedService(int desired, int minimum = 100, int maximum = 200, bool breaker = true, bool rollback = true, bool loadBalancer = false, JsonObject? threshold = null)
    {
        var breakerSettings = new JsonObject { ["enable"] = breaker, ["rollback"] = rollback };
        if (threshold is not null) breakerSettings["thresholdConfiguration"] = threshold;
        var settings = new JsonObject
        {
            ["deploymentConfiguration"] = new JsonObject
            {
                ["minimumHealthyPercent"] = minimum,
                ["maximumPercent"] = maximum,
                ["deploymentCircuitBreaker"] = breakerSettings,
            },
        };
        if (loadBalancer)
        {
            settings["loadBalancers"] = new JsonArray(
                new JsonObject { ["targetGroupArn"] = "tg", ["containerName"] = "app", ["containerPort"] = 8000 });
        }

        Service = new Service
        {
            Name = "web",
            Arn = Names.Service("c", "web"),
            ClusterArn = Names.Cluster("c"),
            DesiredCount = desired,
            CreatedAt = Now,
            Settings = settings,
        };
    }

    public DateTimeOffset Now { get; private set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public Service Service { get; set; }

    public Func<bool> HasCapacity { get; set; } = () => true;

    public ServicePlan LastPlan { get; private set; } = null!;

    public IReadOnlyList<string> Events => [.. Service.Events.Select(one => one.Message)];

    public IReadOnlyList<EcsTask> Alive => [.. tasks.Values.Where(task => !task.IsStopped)];

    public IReadOnlyList<EcsTask> Wanted => [.. Alive.Where(task => task.IsWanted)];

    public IReadOnlyList<EcsTask> Of(Deployment deployment) => [.. Wanted.Where(task => task.RevisionArn == deployment.RevisionArn)];

    public Deployment Primary => Service.Primary!;

    public ServiceDeployment Record => Service.History[0];

    /// <summary>Begins a deployment of a new revision.</summary>
    public Deployment Deploy()
    {
        var arn = Names.ServiceRevision("c", "web", $"{++revision}");
        Service = Rollouts.Begin(Service, new ServiceRevision { Arn = arn, TaskDefinitionArn = $"td:{revision}", CreatedAt = Now }, Wanted, Now);
        return Primary;
    }

    /// <summary>One look of the planner, applied.</summary>
    public ServicePlan Plan(double seconds = 0)
    {
        Now = Now.AddSeconds(seconds);
        LastPlan = ServicePlanner.Plan(Service, [.. tasks.Values], Now, HasCapacity);
        Service = LastPlan.Service;
        foreach (var start in LastPlan.Starts) tasks[start.TaskId] = New(start);
        foreach (var stop in LastPlan.Stops)
            Change(stop.TaskId, task => task with { DesiredStatus = EcsTask.Stopped, StopCode = "ServiceSchedulerInitiated", StoppedReason = stop.Reason });
        foreach (var id in LastPlan.Available) Change(id, task => task with { WasAvailable = true });
        foreach (var id in LastPlan.Reckoned) Change(id, task => task with { Reckoned = true });
        return LastPlan;
    }

    /// <summary>Lets everything happen that the planner asked for, until it asks for nothing more.</summary>
    public void Settle()
    {
        for (var i = 0; i < 20; i++)
        {
            foreach (var task in Wanted.Where(task => task.LastStatus != EcsTask.Running)) Run(task);
            foreach (var task in Alive.Where(task => !task.IsWanted)) End(task);
            Plan(2);
        }
    }

    public void Run(EcsTask task) => Change(task.Id, one => one with
    {
        LastStatus = EcsTask.Running,
        StartedAt = Now,
        Target = Service.LoadBalancer() is null ? TargetState.None : TargetState.Healthy,
    });

    public void End(EcsTask task) => Change(task.Id, one => one with { LastStatus = EcsTask.Stopped });

    public void Crash(EcsTask task, string code = "EssentialContainerExited") =>
        Change(task.Id, one => one with { LastStatus = EcsTask.Stopped, DesiredStatus = EcsTask.Stopped, StopCode = code });

    public void Change(string id, Func<EcsTask, EcsTask> change) => tasks[id] = change(tasks[id]);

    private EcsTask New(TaskStart start) => new()
    {
        Id = start.TaskId,
        Arn = Names.Task("c", start.TaskId),
        ClusterArn = Service.ClusterArn,
        TaskDefinitionArn = start.Deployment.TaskDefinitionArn,
        ServiceArn = Service.Arn,
        RevisionArn = start.Deployment.RevisionArn,
        StartedBy = start.Deployment.Id,
        Group = "service:web",
        Address = "127.64.0.1",
        CreatedAt = Now,
        Containers = [new EcsContainer { Id = "1", Name = "app", Image = "image" }],
    };
}
