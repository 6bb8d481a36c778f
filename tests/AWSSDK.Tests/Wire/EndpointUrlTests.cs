using Amazon.CloudWatchLogs;
using Amazon.ECS;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace AWSSDK.Tests.Wire;

/// <summary>The SDK's own variables point the clients at another cloud. They belong to the process, so nothing runs beside these tests.</summary>
[NonParallelizable]
internal sealed class EndpointUrlTests
{
    private static readonly string[] Names =
    [
        "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_ECS", "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
        "AWS_REGION", "AWS_PROFILE",
    ];

    [SetUp]
    public void StartInOneRegion() => Set("AWS_REGION", "us-east-1");

    [TearDown]
    public void Clear()
    {
        foreach (var name in Names) Set(name, null);
    }

    [Test]
    public void One_variable_moves_every_service()
    {
        Set("AWS_ENDPOINT_URL", "http://127.0.0.1:4570");
        Assert.That(Url(new AmazonECSConfig()), Is.EqualTo("http://127.0.0.1:4570/"));
        Assert.That(Url(new AmazonCloudWatchLogsConfig()), Is.EqualTo("http://127.0.0.1:4570/"));
    }

    [Test]
    public void The_services_own_variable_is_stronger()
    {
        Set("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
        Set("AWS_ENDPOINT_URL_ECS", "http://127.0.0.1:2");
        Set("AWS_ENDPOINT_URL_CLOUDWATCH_LOGS", "http://127.0.0.1:3");
        Assert.That(Url(new AmazonECSConfig()), Is.EqualTo("http://127.0.0.1:2/"));
        Assert.That(Url(new AmazonCloudWatchLogsConfig()), Is.EqualTo("http://127.0.0.1:3/"));
    }

    [Test]
    public void A_variable_can_switch_the_others_off()
    {
        Set("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
        Set("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
        Assert.That(Url(new AmazonECSConfig()), Is.EqualTo("https://ecs.us-east-1.amazonaws.com/"));
    }

    [Test]
    public void A_profile_can_name_the_region_and_the_endpoint_of_a_service()
    {
        Set("AWS_REGION", null);
        Set("AWS_PROFILE", "cloud");
        Assert.That(Url(new AmazonECSConfig()), Is.EqualTo("http://127.0.0.1:9/"));
        Assert.That(Url(new AmazonCloudWatchLogsConfig()), Is.EqualTo("https://logs.eu-west-1.amazonaws.com/"));
    }

    [Test]
    public void Without_a_region_the_constructor_says_so()
    {
        Set("AWS_REGION", null);
        var error = Assert.Throws<AmazonClientException>(() => new AmazonECSClient(Support.Clients.Credentials));
        Assert.That(error.Message, Does.Contain("No RegionEndpoint or ServiceURL configured"));
    }

    private static string Url(ClientConfig config)
    {
        var parameters = new Amazon.Runtime.Endpoints.ServiceOperationEndpointParameters(new Amazon.ECS.Model.ListClustersRequest());
        return config.DetermineServiceOperationEndpoint(parameters).URL;
    }

    private static void Set(string name, string? value)
    {
        Environment.SetEnvironmentVariable(name, value);
        FallbackInternalConfigurationFactory.Reset();
        FallbackRegionFactory.Reset();
    }
}
