namespace Slipway.LocalCloud.Protocol;

/// <summary>The one account of the embedded cloud. The keys open nothing anywhere else.</summary>
internal static class Account
{
    public const string Id = "123456789012";
    public const string Region = "us-east-1";
    public const string AccessKeyId = "LOCALCLOUDACCESSKEY1";
    public const string SecretAccessKey = "local-cloud-is-not-a-secret";
    public const string UserArn = "arn:aws:iam::123456789012:user/local";
    public const string UserId = "AIDALOCALCLOUDUSER01";
    public const string Cluster = "emotional-parrot";
    public const string Service = "stream-ml-service-1";
    public const string Repository = "stream-ml-service";
    public const string LogGroup = "/ecs/stream-ml-service";

    public static string Arn(string service, string resource) => $"arn:aws:{service}:{Region}:{Id}:{resource}";
}
