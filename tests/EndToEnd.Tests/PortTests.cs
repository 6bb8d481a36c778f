using System.Net;
using System.Net.Sockets;
using Slipway.EndToEnd.Tests.Support;

namespace Slipway.EndToEnd.Tests;

/// <summary>Ports that somebody else holds.</summary>
[TestFixture]
internal sealed class PortTests
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task A_port_that_is_taken_is_named_with_its_holder(bool isFrontDoor)
    {
        await using var checkout = Checkout.Create();
        var port = isFrontDoor ? checkout.FrontDoorPort : checkout.Port;
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();

        var run = await checkout.RunAsync("--target=LocalUp");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(3));
            Assert.That(run.Output, Does.Contain($"{port}"));
            if (OperatingSystem.IsLinux()) Assert.That(run.Output, Does.Contain($"{Environment.ProcessId}"), "the holder");
            Assert.That(run.Output, Does.Contain("--local-cloud-port="));
        });
    }

    [Test]
    public async Task The_cloud_of_another_folder_is_not_taken_for_ours()
    {
        await using var first = Checkout.Create();
        await using var second = Checkout.Create();
        await first.RunAsync("--target=LocalUp");

        var run = await second.RunAsync("--target=LocalUp", $"--local-cloud-port={first.Port}");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(3));
            Assert.That(run.Output, Does.Contain("of another folder"));
        });
    }
}
