namespace Slipway.ModelGenerator;

/// <summary>The services of this repository. To use another operation: add it here, then strip and generate.</summary>
internal static class ServiceCatalog
{
    public static IReadOnlyList<ServiceDefinition> All { get; } =
    [
        new("ecs", "AWSSDK.ECS", "Amazon.ECS", "AmazonECS",
            """new ServiceEndpoints("ecs", "ecs-fips", "ecs", "ecs-fips")""",
            [
                "CreateCluster", "CreateService", "DeleteService", "DeregisterTaskDefinition", "DescribeClusters",
                "DescribeServiceDeployments", "DescribeServiceRevisions", "DescribeServices", "DescribeTaskDefinition",
                "DescribeTasks", "ListClusters", "ListServiceDeployments", "ListServices", "ListTagsForResource",
                "ListTaskDefinitions", "ListTasks", "RegisterTaskDefinition", "RunTask", "StopServiceDeployment", "StopTask",
                "TagResource", "UpdateService",
            ]),
        new("ecr", "AWSSDK.ECR", "Amazon.ECR", "AmazonECR",
            """new ServiceEndpoints("api.ecr", "api.ecr-fips", "ecr", "ecr-fips") { IgnoresPartitionSupport = true }""",
            [
                "BatchCheckLayerAvailability", "BatchDeleteImage", "BatchGetImage", "CreateRepository", "DeleteRepository",
                "DescribeImages", "DescribeRepositories", "GetAuthorizationToken", "GetDownloadUrlForLayer", "GetLifecyclePolicy", "ListImages",
                "PutImageTagMutability", "PutLifecyclePolicy",
            ]),
        new("logs", "AWSSDK.CloudWatchLogs", "Amazon.CloudWatchLogs", "AmazonCloudWatchLogs",
            """
            new ServiceEndpoints("logs", "logs-fips", "logs", "logs-fips") { FipsByDefault = new HashSet<string> { "us-gov-east-1", "us-gov-west-1" } }
            """,
            [
                "CreateLogGroup", "CreateLogStream", "DeleteLogGroup", "DescribeLogGroups", "DescribeLogStreams",
                "FilterLogEvents", "GetLogEvents", "PutLogEvents", "PutRetentionPolicy",
            ])
        {
            // FilteredLogEvent and FilterLogEventsRequest stay numbers upstream.
            Milliseconds = new HashSet<string>
            {
                "InputLogEvent.timestamp", "OutputLogEvent.timestamp", "OutputLogEvent.ingestionTime",
                "GetLogEventsRequest.startTime", "GetLogEventsRequest.endTime", "LogGroup.creationTime",
                "LogStream.creationTime", "LogStream.firstEventTimestamp", "LogStream.lastEventTimestamp", "LogStream.lastIngestionTime",
            },
        },
    ];

    public static ServiceDefinition Find(string model) =>
        All.FirstOrDefault(service => service.Model == model)
        ?? throw new UsageException($"No service '{model}'. Known: {string.Join(", ", All.Select(service => service.Model))}.");
}
