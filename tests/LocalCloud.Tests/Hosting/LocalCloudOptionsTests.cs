using Slipway.LocalCloud.Hosting;

namespace Slipway.LocalCloud.Tests.Hosting;

internal sealed class LocalCloudOptionsTests
{
    [Test]
    public void The_defaults_hold_where_only_the_state_is_named()
    {
        var (options, problems) = LocalCloudOptions.Parse(["--state", "here"]);
        Assert.That(problems, Is.Empty);
        Assert.That(options, Is.EqualTo(new LocalCloudOptions(4570, 8000, Path.GetFullPath("here"))));
    }

    [Test]
    public void Every_option_is_taken_with_a_space_or_an_equals_sign()
    {
        var (options, _) = LocalCloudOptions.Parse(["--port=1", "--front-door", "2", "--state=s", "--runtime", "engine", "--docker=/opt/docker"]);
        Assert.That(options, Is.EqualTo(new LocalCloudOptions(1, 2, Path.GetFullPath("s"), "engine", "/opt/docker")));
    }

    [Test]
    public void All_problems_are_told_at_once()
    {
        var (options, problems) = LocalCloudOptions.Parse(["--port", "70000", "--runtime", "vm", "--verbose", "--docker"]);
        Assert.That(options, Is.Null);
        Assert.That(problems, Is.EqualTo(new[]
        {
            "unknown argument '--verbose'",
            "'--docker' needs a value",
            "'--port' is '70000', expected a port number from 0 to 65535",
            "'--state' must name the folder that holds the state",
            "'--runtime' is 'vm', expected auto, engine or process",
        }));
    }

    [TestCase("--registry=http://127.0.0.1:5000", "belong together")]
    [TestCase("--registry-login=somewhere", "belong together")]
    [TestCase("--registry-login=/nowhere/login", "no such file")]
    [TestCase("--registry=http://registry.example.com", "expected an address on this machine")]
    [TestCase("--registry=127.0.0.1:5000", "expected an address on this machine")]
    public void A_registry_that_takes_the_place_of_the_own_one_is_on_this_machine_and_has_a_login(string argument, string problem) =>
        Assert.That(LocalCloudOptions.Parse(["--state", "s", argument]).Problems, Has.Some.Contains(problem));

    [Test]
    public void Two_services_do_not_share_a_port() =>
        Assert.That(LocalCloudOptions.Parse(["--state", "s", "--port", "9", "--front-door", "9"]).Problems, Has.One.Contains("must differ"));
}
