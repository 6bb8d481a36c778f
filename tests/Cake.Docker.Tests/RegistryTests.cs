using System.Text;
using Cake.Core.IO;

namespace Cake.Docker.Tests;

internal sealed class RegistryTests : AliasFixture
{
    [Test]
    public void Tag_names_the_image_and_its_new_name()
    {
        Context.DockerTag("image:1", "127.0.0.1:4570/image:1");

        Assert.That(Runner.Arguments, Is.EqualTo("tag image:1 127.0.0.1:4570/image:1"));
    }

    [Test]
    public void Push_names_the_image()
    {
        Context.DockerPush("127.0.0.1:4570/image:1");
        Assert.That(Runner.Arguments, Is.EqualTo("push 127.0.0.1:4570/image:1"));

        Context.DockerPush(new DockerImagePushSettings { DisableContentTrust = true }, "image:1");
        Assert.That(Runner.Arguments, Is.EqualTo("push --disable-content-trust=True image:1"));
    }

    [Test]
    public void Login_shows_no_password()
    {
        Context.DockerLogin("AWS", "hush", "127.0.0.1:4570");

        Assert.That(Runner.ShownArguments, Is.EqualTo("login --password \"[REDACTED]\" --username \"AWS\" 127.0.0.1:4570"));
        Assert.That(Runner.Arguments, Does.Contain("hush"));
    }

    [Test]
    public void Login_takes_the_password_from_standard_input()
    {
        Context.DockerLogin(
            new DockerRegistryLoginSettings
            {
                Username = "AWS",
                PasswordStdin = true,
                SetupProcessSettings = process => process.StandardInput = new ProcessStandardInput("hush"u8.ToArray()),
            },
            "127.0.0.1:4570");

        Assert.That(Runner.Arguments, Is.EqualTo("login --password-stdin --username \"AWS\" 127.0.0.1:4570"));
        Assert.That(Encoding.UTF8.GetString(Runner.Settings.StandardInput!.Value.Span), Is.EqualTo("hush"));
    }

    [Test]
    public void Login_and_logout_without_a_server_name_none()
    {
        Context.DockerLogin("AWS", "hush");
        Assert.That(Runner.ShownArguments, Is.EqualTo("login --password \"[REDACTED]\" --username \"AWS\""));

        Context.DockerLogout();
        Assert.That(Runner.Arguments, Is.EqualTo("logout"));
    }

    [Test]
    public void Logout_names_the_server()
    {
        Context.DockerLogout(new DockerRegistryLogoutSettings(), "127.0.0.1:4570");

        Assert.That(Runner.Arguments, Is.EqualTo("logout 127.0.0.1:4570"));
    }

    [Test]
    public void What_must_be_named_is_asked_for()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => Context.DockerTag("", "name"), Throws.InstanceOf<ArgumentException>());
            Assert.That(() => Context.DockerTag("image", ""), Throws.InstanceOf<ArgumentException>());
            Assert.That(() => Context.DockerPush(""), Throws.InstanceOf<ArgumentException>());
            Assert.That(() => Context.DockerLogin("", "hush"), Throws.InstanceOf<ArgumentException>());
            Assert.That(() => Context.DockerLogin("AWS", ""), Throws.InstanceOf<ArgumentException>());
        });
    }
}
