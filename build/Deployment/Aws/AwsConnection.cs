using Amazon;
using Amazon.CloudWatchLogs;
using Amazon.EC2;
using Amazon.ECR;
using Amazon.ECS;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SimpleSystemsManagement;
using Slipway.Deployment.Aws.GitHub;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Settings;
using Slipway.Deployment.Settings.Access;

namespace Slipway.Deployment.Aws;

/// <summary>
/// The clients of one environment. For AWS, credentials, profiles and AWS_ENDPOINT_URL* are the SDK's own business, but for the role of a job
/// of GitHub Actions; for an embedded cloud everything is given, so that nothing in the user's shell or profile can lead a call elsewhere.
/// </summary>
public sealed class AwsConnection : IDisposable
{
    // Attempts are these and one, for the calls that get credentials; all others are repeated by AwsCall, which knows what must not be.
    private const int Retries = 3;

    // The embedded cloud's only keys, known to everybody; they open nothing anywhere else.
    private const string EmbeddedKey = "LOCALCLOUDACCESSKEY1";
    private const string EmbeddedSecret = "local-cloud-is-not-a-secret";

    private readonly string region;
    private readonly bool readOnly;
    private readonly Lazy<IAmazonECS> ecs;
    private readonly Lazy<IAmazonECR> ecr;
    private readonly Lazy<IAmazonEC2> ec2;
    private readonly Lazy<IAmazonSimpleSystemsManagement> ssm;
    private readonly Lazy<IAmazonSecurityTokenService> sts;
    private readonly Dictionary<string, IAmazonCloudWatchLogs> logs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IAmazonECR> ecrElsewhere = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <summary>Makes no call and reads no credentials yet.</summary>
    /// <param name="settings">What the run was told.</param>
    /// <param name="variable">Looks up an environment variable of the run.</param>
    /// <param name="mask">Is told each secret that is obtained.</param>
    /// <param name="time">The clock of waits between attempts.</param>
    /// <param name="readOnly">Whether operations that change anything are refused before they are sent.</param>
    public AwsConnection(DeploymentSettings settings, Func<string, string?> variable, ISecretMask mask, TimeProvider time, bool readOnly = false)
        : this(settings.Region, settings.LocalCloud is { } cloud ? new Uri(cloud.Endpoint) : null, readOnly)
    {
        if (settings.Credentials is not { Kind: CredentialKind.GitHub, RoleArn: { } role }) return;
        Credentials = new GitHubRoleCredentials(role, Configure(new AmazonSecurityTokenServiceConfig(), region), variable, mask, time);
    }

    /// <param name="region">The region's system name.</param>
    /// <param name="embedded">The endpoint of an embedded cloud; null for AWS, or what AWS_ENDPOINT_URL says.</param>
    /// <param name="readOnly">Whether operations that change anything are refused before they are sent.</param>
    public AwsConnection(string region, Uri? embedded, bool readOnly = false)
    {
        RawJson.Install();
        ReadOnlyClients.Install();
        SingleAttempts.Install();
        this.region = region;
        this.readOnly = readOnly;
        Embedded = embedded;
        Credentials = embedded is null ? null : new BasicAWSCredentials(EmbeddedKey, EmbeddedSecret);
        ecs = Client<IAmazonECS, AmazonECSConfig>(config => new AmazonECSClient(config), (keys, config) => new AmazonECSClient(keys, config));
        ecr = Client<IAmazonECR, AmazonECRConfig>(config => new AmazonECRClient(config), (keys, config) => new AmazonECRClient(keys, config));
        ec2 = Client<IAmazonEC2, AmazonEC2Config>(config => new AmazonEC2Client(config), (keys, config) => new AmazonEC2Client(keys, config));
        ssm = Client<IAmazonSimpleSystemsManagement, AmazonSimpleSystemsManagementConfig>(
            config => new AmazonSimpleSystemsManagementClient(config), (keys, config) => new AmazonSimpleSystemsManagementClient(keys, config));
        sts = Client<IAmazonSecurityTokenService, AmazonSecurityTokenServiceConfig>(
            config => new AmazonSecurityTokenServiceClient(config), (keys, config) => new AmazonSecurityTokenServiceClient(keys, config));
    }

    internal Uri? Embedded { get; }

    /// <summary>What all clients sign with; null where the SDK's chain says.</summary>
    internal AWSCredentials? Credentials { get; }

    internal IAmazonECS Ecs => ecs.Value;

    internal IAmazonECR Ecr => ecr.Value;

    /// <summary>ECR in a region that a registry's address names.</summary>
    internal IAmazonECR EcrIn(string otherRegion)
    {
        if (Embedded is not null || otherRegion == region) return Ecr;
        lock (gate)
        {
            if (ecrElsewhere.TryGetValue(otherRegion, out var known)) return known;
            var config = ForCalls(new AmazonECRConfig(), otherRegion);
            return ecrElsewhere[otherRegion] = Credentials is null ? new AmazonECRClient(config) : new AmazonECRClient(Credentials, config);
        }
    }

    internal IAmazonEC2 Ec2 => ec2.Value;

    internal IAmazonSimpleSystemsManagement Ssm => ssm.Value;

    internal IAmazonSecurityTokenService Sts => sts.Value;

    internal AwsErrors Errors => new(region, Embedded);

    /// <summary>The logs of a region; null: the environment's own.</summary>
    internal IAmazonCloudWatchLogs Logs(string? otherRegion)
    {
        // An embedded cloud has one region.
        var wanted = Embedded is null ? otherRegion ?? region : region;
        lock (gate)
        {
            if (logs.TryGetValue(wanted, out var known)) return known;
            var config = ForCalls(new AmazonCloudWatchLogsConfig(), wanted);
            return logs[wanted] = Credentials is null ? new AmazonCloudWatchLogsClient(config) : new AmazonCloudWatchLogsClient(Credentials, config);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (ecs.IsValueCreated) ecs.Value.Dispose();
        if (ecr.IsValueCreated) ecr.Value.Dispose();
        if (ec2.IsValueCreated) ec2.Value.Dispose();
        if (ssm.IsValueCreated) ssm.Value.Dispose();
        if (sts.IsValueCreated) sts.Value.Dispose();
        foreach (var client in logs.Values) client.Dispose();
        foreach (var client in ecrElsewhere.Values) client.Dispose();
        (Credentials as IDisposable)?.Dispose();
    }

    private Lazy<T> Client<T, TConfig>(Func<TConfig, T> ofChain, Func<AWSCredentials, TConfig, T> ofKeys)
        where TConfig : ClientConfig, new() =>
        new(() =>
        {
            var config = ForCalls(new TConfig(), region);
            return Credentials is null ? ofChain(config) : ofKeys(Credentials, config);
        });

    private T ForCalls<T>(T config, string wanted)
        where T : ClientConfig
    {
        if (readOnly) ReadOnlyClients.Mark(config);
        SingleAttempts.Mark(config);
        return Configure(config, wanted);
    }

    private T Configure<T>(T config, string wanted)
        where T : ClientConfig
    {
        // Not the adaptive mode, which stalls: docs/adr/0009.
        config.RetryMode = RequestRetryMode.Standard;
        config.MaxErrorRetry = Retries;
        config.Timeout = TimeSpan.FromSeconds(60);
        if (Embedded is null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(wanted);
            return config;
        }

        config.IgnoreConfiguredEndpointUrls = true;
        config.ServiceURL = Embedded.ToString();
        config.AuthenticationRegion = wanted;
        config.UseFIPSEndpoint = false;
        config.UseDualstackEndpoint = false;
        config.HttpClientFactory = DirectHttpClientFactory.Instance;
        return config;
    }
}
