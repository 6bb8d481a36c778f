namespace Slipway.Deployment.Rollouts.Failures.Catalogue;

/// <summary>There is no place for a task, or its place goes away. Mostly no fault of the deployment, so waiting goes on.</summary>
internal static class PlacementFailures
{
    public static IReadOnlyList<FailureRule> Rules { get; } =
    [
        new("quota", "A quota of the account is used up.", "ask for a higher quota (Service Quotas, Fargate), or stop something", null)
        {
            Words = [["reached the limit on the number of", "limitexceeded", "above your limit", "quota"]],
            Examples =
            [
                new("(service web) was unable to place a task. Reason: You've reached the limit on the number of vCPUs you can run concurrently.", Source: FailureSource.Event),
                new("(service web) was unable to place a task. Reason: The requested MEMORY configuration is above your limit.", Source: FailureSource.Event),
            ],
        },
        new("spot", "AWS took the Spot capacity of a task back.", "wait: ECS starts another one; give the service a share of FARGATE where that happens often", null)
        {
            Words = [["spot task was interrupted", "spot interruption", "spotinterruption"]],
            Examples = [new("Your Spot Task was interrupted.")],
        },
        new("capacity", "There is no capacity for the task at present.",
            "wait, add subnets in other availability zones, or change the capacity provider strategy", null)
        {
            Words = [["capacity is unavailable", "insufficient capacity", "insufficientcapacity"]],
            Examples =
            [
                new("(service web) was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone.",
                    Source: FailureSource.Event),
            ],
        },
        new("instances", "No container instance of the cluster has room for the task.",
            "add container instances, make the task smaller, or run it on Fargate; look for fixed host ports", null)
        {
            Words = [["no container instance", "resource:", "closest matching container"]],
            Examples =
            [
                new("(service web) was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance 0f1e) "
                    + "has insufficient CPU units available.", Source: FailureSource.Event),
                new("(service web) was unable to place a task because of RESOURCE:MEMORY.", Source: FailureSource.Event),
            ],
        },
        new("zone", "Fargate does not offer the task in the zone of a subnet.",
            "give the service subnets in availability zones that Fargate supports", null)
        {
            Words = [["unable to place a task"], ["internal error"]],
            Examples = [new("(service web) was unable to place a task. Reason: Internal error.", Source: FailureSource.Event)],
        },
        new("host", "The machine under the task went away.", "wait: ECS starts the task elsewhere", null)
        {
            Words = [["host ec2", "maintenance on the underlying", "task retirement", "instance terminated"]],
            Examples =
            [
                new("Host EC2 (instance i-0123456789abcdef0) terminated."),
                new("ECS is performing maintenance on the underlying infrastructure hosting the task."),
            ],
        },
        new("placement", "ECS finds no place for a task.", "read the event's reason", null)
        {
            Words = [["unable to place a task"]],
            Examples = [new("(service web) was unable to place a task. Reason: Something that is new.", Source: FailureSource.Event)],
        },
    ];
}
