using System.Net;
using Slipway.EndToEnd.Tests.Support;

namespace Slipway.EndToEnd.Tests;

/// <summary>The same graph with a Docker Engine: the task is a container of the pushed image.</summary>
[TestFixture]
internal sealed class EngineTests
{
    private Checkout _checkout = null!;

    [OneTimeSetUp]
    public void Copy()
    {
        Engine.Require();
        _checkout = Checkout.Create(withEngine: true);
    }

    [OneTimeTearDown]
    public async Task DeleteAsync()
    {
        if (_checkout is not null) await _checkout.DisposeAsync();
    }

    [Test]
    public async Task The_task_is_a_container_of_the_pushed_image_and_a_change_rolls_over_without_one_failed_request()
    {
        var first = await _checkout.RunAsync("--target=Deploy");
        Assert.That(first.ExitCode, Is.Zero, first.ToString());
        Assert.That(await _checkout.HealthAsync(), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(Engine.Run("ps", "--no-trunc", "--format", "{{.Image}}"), Does.Contain($"127.0.0.1:{_checkout.Port}/stream-ml-service@sha256:"));

        _checkout.Edit("src/StreamMlService/StreamMlService.csproj", "</Project>", "<!-- changed -->\n</Project>");
        File.WriteAllText(_checkout.PathOf("src", "StreamMlService", "Change.cs"), "namespace StreamMlService; internal static class Change { public const int Is = 1; }");
        var plan = await _checkout.RunAsync("--target=Plan", "--detailed-exitcode");
        await using var users = new RequestLoop(new Uri(_checkout.FrontDoor, "health"));
        var second = await _checkout.RunAsync("--target=Deploy");
        await users.StopAsync();
        var third = await _checkout.RunAsync("--target=Deploy");
        var nothing = await _checkout.RunAsync("--target=Plan", "--detailed-exitcode");

        Assert.Multiple(() =>
        {
            Assert.That(second.ExitCode, Is.Zero, second.ToString());
            Assert.That(users.Failures, Is.Empty);
            Assert.That(users.Answered, Is.GreaterThan(50));
            Assert.That(third.Output, Does.Contain("nothing to build").And.Contain("nothing to push").And.Contain("nothing to deploy"));
            Assert.That((plan.ExitCode, nothing.ExitCode), Is.EqualTo((10, 0)), $"{plan}\n{nothing}");
        });

        await _checkout.RunAsync("--target=LocalDown");
        Assert.That(Engine.Run("ps", "--all", "--format", "{{.Image}}"), Does.Not.Contain($"127.0.0.1:{_checkout.Port}/"));
    }

    [Test]
    public async Task A_missing_Dockerfile_is_named_with_the_way_around_it()
    {
        var run = await _checkout.RunAsync("--target=DockerBuild", "--exclusive", "--builder=docker", "--dockerfile=src/StreamMlService/Nowhere");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Output, Does.Contain("src/StreamMlService/Nowhere").And.Contain("--builder=sdk"));
        });
    }
}
