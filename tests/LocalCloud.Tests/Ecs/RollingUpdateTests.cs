using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Ecs;

internal sealed class RollingUpdateTests : CloudFixture
{
    [Test]
    public async Task A_deployed_service_answers_at_the_front_door()
    {
        var driver = new ServiceDriver(Cloud);
        var image = await ServiceImage.AddAsync(Cloud, "stream-ml-service", Unique("v"));
        var definition = await driver.RegisterAsync(image, environment: [("TEST_VERSION", "one")]);
        var service = await driver.UntilCompletedAsync(await driver.UpdateAsync(definition));

        using var client = new HttpClient();
        Assert.That(await client.GetStringAsync(new Uri(Cloud.Ports.FrontDoorEndpoint)), Is.EqualTo("one"));
        TestContext.Out.WriteLine(string.Join('\n', ServiceDriver.Events(service)));
        foreach (var task in await driver.TasksAsync()) TestContext.Out.WriteLine(task);
    }
}
