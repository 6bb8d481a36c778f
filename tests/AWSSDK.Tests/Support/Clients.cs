using Amazon.CloudWatchLogs;
using Amazon.ECR;
using Amazon.ECS;
using Amazon.Runtime;

namespace AWSSDK.Tests.Support;

/// <summary>Clients of a stub, with keys that open nothing.</summary>
internal static class Clients
{
    public const string AccessKey = "AKIDEXAMPLE";
    public const string SecretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    public static BasicAWSCredentials Credentials { get; } = new(AccessKey, SecretKey);

    public static AmazonECSClient Ecs(string url, Action<AmazonECSConfig>? configure = null) =>
        new(Credentials, Configured(new AmazonECSConfig(), url, configure));

    public static AmazonECRClient Ecr(string url, Action<AmazonECRConfig>? configure = null) =>
        new(Credentials, Configured(new AmazonECRConfig(), url, configure));

    public static AmazonCloudWatchLogsClient Logs(string url, Action<AmazonCloudWatchLogsConfig>? configure = null) =>
        new(Credentials, Configured(new AmazonCloudWatchLogsConfig(), url, configure));

    private static T Configured<T>(T config, string url, Action<T>? configure) where T : ClientConfig
    {
        config.ServiceURL = url;
        config.AuthenticationRegion = "us-east-1";
        configure?.Invoke(config);
        return config;
    }
}
