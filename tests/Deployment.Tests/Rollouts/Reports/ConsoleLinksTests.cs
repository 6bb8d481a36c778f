using Slipway.Deployment.Rollouts.Reports;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Tests.Rollouts.Reports;

public sealed class ConsoleLinksTests
{
    private static readonly LogStreamName Stream = new(null, "/ecs/web", "ecs/web/0f1e");

    [TestCase("aws", "us-east-1", "https://us-east-1.console.aws.amazon.com")]
    [TestCase("aws-cn", "cn-north-1", "https://cn-north-1.console.amazonaws.cn")]
    [TestCase("aws-us-gov", "us-gov-west-1", "https://us-gov-west-1.console.amazonaws-us-gov.com")]
    public void The_partition_decides_the_console(string partition, string region, string host)
    {
        var arn = $"arn:{partition}:ecs:{region}:123456789012:task-definition/web:2";

        var links = ConsoleLinks.OfService(null, arn, region, "arn:x:cluster/parrot", "web");

        Assert.That(links[0].Address, Is.EqualTo($"{host}/ecs/v2/clusters/parrot/services/web/health?region={region}"));
        Assert.That(links.Select(link => link.Name), Is.EqualTo(new[] { "service", "deployments", "events" }));
        Assert.That(
            ConsoleLinks.OfLog(null, arn, region, Stream)!.Address,
            Is.EqualTo($"{host}/cloudwatch/home?region={region}#logsV2:log-groups/log-group/$252Fecs$252Fweb/log-events/ecs$252Fweb$252F0f1e"));
    }

    [Test]
    public void A_log_group_of_another_region_is_linked_there() => Assert.That(
        ConsoleLinks.OfLog(null, "arn:aws:ecs:us-east-1:1:x", "us-east-1", Stream with { Region = "eu-west-1" })!.Address,
        Does.StartWith("https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#"));

    [Test]
    public void The_embedded_clouds_page_shows_everything()
    {
        Assert.That(ConsoleLinks.OfService("http://127.0.0.1:4570/", "arn:aws:ecs:x", "x", "c", "s").Single().Address, Is.EqualTo("http://127.0.0.1:4570/"));
        Assert.That(ConsoleLinks.OfLog("http://127.0.0.1:4570/", "arn:aws:ecs:x", "x", Stream), Is.Null);
    }

    [TestCase("arn:aws-iso:ecs:us-iso-east-1:1:x")]
    [TestCase("web:2")]
    public void A_console_that_is_not_known_is_not_guessed(string arn) =>
        Assert.That(ConsoleLinks.OfService(null, arn, "us-iso-east-1", "c", "s"), Is.Empty);
}
