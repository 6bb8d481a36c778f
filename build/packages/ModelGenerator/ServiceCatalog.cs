namespace Slipway.ModelGenerator;

/// <summary>The services of this repository. To use another operation: add it here, then strip and generate.</summary>
internal static class ServiceCatalog
{
    public static IReadOnlyList<ServiceDefinition> All { get; } =
    [
        new("ecs", "AWSSDK.ECS", "Amazon.ECS", "AmazonECS",
        [
            "CreateCluster", "CreateService", "DeleteService", "DeregisterTaskDefinition", "DescribeClusters",
            "DescribeServiceDeployments", "DescribeServiceRevisions", "DescribeServices", "DescribeTaskDefinition",
            "DescribeTasks", "ListClusters", "ListServiceDeployments", "ListServices", "ListTagsForResource",
            "ListTaskDefinitions", "ListTasks", "RegisterTaskDefinition", "RunTask", "StopServiceDeployment", "StopTask",
            "TagResource", "UpdateService",
        ]),
        new("ecr", "AWSSDK.ECR", "Amazon.ECR", "AmazonECR",
        [
            "BatchCheckLayerAvailability", "BatchDeleteImage", "BatchGetImage", "CreateRepository", "DeleteRepository",
            "DescribeImages", "DescribeRepositories", "GetAuthorizationToken", "GetDownloadUrlForLayer", "ListImages",
            "PutImageTagMutability",
        ]),
        new("logs", "AWSSDK.CloudWatchLogs", "Amazon.CloudWatchLogs", "AmazonCloudWatchLogs",
        [
            "CreateLogGroup", "CreateLogStream", "DeleteLogGroup", "DescribeLogGroups", "DescribeLogStreams",
            "FilterLogEvents", "GetLogEvents", "PutLogEvents", "PutRetentionPolicy",
        ]),
    ];

    public static ServiceDefinition Find(string model) =>
        All.FirstOrDefault(service => service.Model == model)
        ?? throw new UsageException($"No service '{model}'. Known: {string.Join(", ", All.Select(service => service.Model))}.");
}
