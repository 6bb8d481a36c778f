using Microsoft.Extensions.DependencyInjection;
using Slipway.LocalCloud.BaseImage;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.BaseImage;

[Platform(Include = "Linux", Reason = "the image is made of this machine's .NET")]
internal sealed class EngineTests : CloudFixture
{
    [Test]
    public async Task Runtime_starts_in_a_container_of_the_full_image_as_the_app_user()
    {
        var docker = Tool.Find("docker");
        var version = await Tool.RunAsync(docker, ["version", "--format", "{{.Server.Version}}"]);
        if (version.ExitCode != 0) Assert.Ignore("no Docker Engine answers on this machine");
        await Cloud.Services.GetRequiredService<IBaseImage>().EnsureAsync(full: true, CancellationToken.None);
        var image = $"{Cloud.Ports.Registry}/dotnet/aspnet:10.0";
        try
        {
            var listed = await Tool.RunAsync(docker, ["run", "--rm", "--user", "1654", "--network", "none", image, "dotnet", "--list-runtimes"]);
            Assert.That(listed.ExitCode, Is.Zero, listed.Error);
            Assert.That(listed.Output, Does.Contain($"Microsoft.NETCore.App {Environment.Version.ToString(3)} ").And.Contain("Microsoft.AspNetCore.App "));
        }
        finally
        {
            await Tool.RunAsync(docker, ["rmi", "-f", image]);
        }
    }
}
