using System.Globalization;
using System.Security.Cryptography;
using Slipway.LocalCloud.Protocol;

namespace Slipway.LocalCloud.Ecs.Model;

/// <summary>How ECS forms ARNs and identifiers.</summary>
internal static class Names
{
    public static string Cluster(string name) => Account.Arn("ecs", $"cluster/{name}");

    public static string Service(string cluster, string name) => Account.Arn("ecs", $"service/{cluster}/{name}");

    public static string Task(string cluster, string id) => Account.Arn("ecs", $"task/{cluster}/{id}");

    public static string TaskDefinition(string family, int revision) =>
        Account.Arn("ecs", string.Create(CultureInfo.InvariantCulture, $"task-definition/{family}:{revision}"));

    public static string ServiceDeployment(string cluster, string service, string id) =>
        Account.Arn("ecs", $"service-deployment/{cluster}/{service}/{id}");

    public static string ServiceRevision(string cluster, string service, string id) =>
        Account.Arn("ecs", $"service-revision/{cluster}/{service}/{id}");

    public static string TargetGroup(string name) => Account.Arn("elasticloadbalancing", $"targetgroup/{name}/4570000000008000");

    /// <summary>32 hexadecimal digits, as in a task's ARN.</summary>
    public static string NewTaskId() => Guid.NewGuid().ToString("N");

    /// <summary>19 decimal digits, as after "ecs-svc/".</summary>
    public static string NewNumber() =>
        (1_000_000_000_000_000_000 + Random.Shared.NextInt64(8_000_000_000_000_000_000)).ToString(CultureInfo.InvariantCulture);

    /// <summary>21 characters of base 62, as at the end of a service deployment's ARN.</summary>
    public static string NewDeploymentName() =>
        RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 21);

    /// <summary>The last part of an ARN or the value itself: ECS takes both in every place.</summary>
    public static string Short(string nameOrArn) => nameOrArn[(nameOrArn.LastIndexOf('/') + 1)..];

    public static bool IsArn(string value) => value.StartsWith("arn:", StringComparison.Ordinal);
}
