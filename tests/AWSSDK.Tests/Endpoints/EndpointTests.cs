using Amazon;
using Amazon.CloudWatchLogs;
using Amazon.ECR;
using Amazon.ECS;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace AWSSDK.Tests.Endpoints;

/// <summary>Against endpoints.txt, which holds what botocore's rule sets say (endpoints.py writes it).</summary>
internal sealed class EndpointTests
{
    private static readonly string[] Lines = Read();

    [Test]
    public void The_expectations_cover_every_service_and_more_than_forty_regions() =>
        Assert.That(Lines.GroupBy(line => line.Split(' ')[0]).Select(group => (group.Key, Many: group.Count() > 40)),
            Is.EquivalentTo(new[] { ("ecs", true), ("ecr", true), ("logs", true) }));

    [TestCaseSource(nameof(Lines))]
    public void Hosts_are_those_of_the_rule_sets(string line)
    {
        var fields = line.Split(' ');
        var actual = new List<string>();
        foreach (var dualStack in new[] { false, true })
        {
            foreach (var fips in new[] { false, true }) actual.Add(Host(fields[0], fields[1], fips, dualStack));
        }

        Assert.That(actual, Is.EqualTo(fields[2..]));
    }

    [Test]
    public void An_endpoint_of_ones_own_wins_and_excludes_fips_and_dual_stack()
    {
        Assert.That(Resolve(new AmazonECSConfig { ServiceURL = "http://127.0.0.1:4570/" }), Is.EqualTo("http://127.0.0.1:4570/"));
        Assert.That(() => Resolve(new AmazonECSConfig { ServiceURL = "http://127.0.0.1:4570/", UseFIPSEndpoint = true }),
            Throws.InstanceOf<AmazonClientException>().With.Message.Contains("FIPS and custom endpoint"));
        Assert.That(() => Resolve(new AmazonECSConfig { ServiceURL = "http://127.0.0.1:4570/", UseDualstackEndpoint = true }),
            Throws.InstanceOf<AmazonClientException>().With.Message.Contains("Dualstack and custom endpoint"));
    }

    private static string Host(string service, string region, bool fips, bool dualStack)
    {
        ClientConfig config = service switch
        {
            "ecs" => new AmazonECSConfig(),
            "ecr" => new AmazonECRConfig(),
            _ => new AmazonCloudWatchLogsConfig(),
        };
        config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        config.UseFIPSEndpoint = fips;
        config.UseDualstackEndpoint = dualStack;
        try
        {
            return Resolve(config).Replace("https://", "", StringComparison.Ordinal).TrimEnd('/');
        }
        catch (AmazonClientException)
        {
            return "-";
        }
    }

    private static string Resolve(ClientConfig config) =>
        config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(new Amazon.ECS.Model.ListClustersRequest())).URL;

    private static string[] Read()
    {
        using var stream = typeof(EndpointTests).Assembly.GetManifestResourceStream("endpoints.txt")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')];
    }
}
