using System.Reflection;
using Amazon.CloudWatchLogs;
using Amazon.ECR;
using Amazon.ECS;
using NSubstitute;

namespace AWSSDK.Tests.Surface;

/// <summary>How calling code uses an edition. What it sees is listed in PublicSurface.Tests.</summary>
internal sealed class SurfaceTests
{
    private static readonly Assembly[] Editions =
        [typeof(AmazonECSClient).Assembly, typeof(AmazonECRClient).Assembly, typeof(AmazonCloudWatchLogsClient).Assembly];

    [TestCaseSource(nameof(Editions))]
    public void A_request_names_every_operation_of_the_interface(Assembly edition)
    {
        var contract = edition.GetExportedTypes().Single(type => type.IsInterface);
        foreach (var method in contract.GetMethods().Where(method => method.Name.EndsWith("Async", StringComparison.Ordinal)))
        {
            var operation = method.Name[..^"Async".Length];
            var parameters = method.GetParameters();
            Assert.That(parameters[0].ParameterType.Name, Is.EqualTo(operation + "Request"));
            Assert.That(parameters[1].ParameterType, Is.EqualTo(typeof(CancellationToken)));
            Assert.That(parameters[1].IsOptional, Is.True);
            Assert.That(method.ReturnType.GenericTypeArguments.Single().Name, Is.EqualTo(operation + "Response"));
        }
    }

    [Test]
    public async Task An_interface_can_be_replaced_by_a_substitute()
    {
        var ecs = Substitute.For<IAmazonECS>();
        ecs.ListClustersAsync(new(), default).ReturnsForAnyArgs(new Amazon.ECS.Model.ListClustersResponse { ClusterArns = ["c"] });
        Assert.That((await ecs.ListClustersAsync(new())).ClusterArns, Is.EqualTo(new[] { "c" }));
    }

    [Test]
    public void Values_of_an_enumeration_are_equal_by_text_and_come_from_text()
    {
        DesiredStatus status = "RUNNING";
        Assert.That(status, Is.EqualTo(DesiredStatus.RUNNING));
        Assert.That(new DesiredStatus("RUNNING") == DesiredStatus.RUNNING, Is.True);
        Assert.That(LogDriver.JsonFile.Value, Is.EqualTo("json-file"));
        Assert.That(TransportProtocol.Tcp.ToString(), Is.EqualTo("tcp"));
    }
}
