using Slipway.Deployment.Settings;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Settings;

internal sealed class EnvironmentChoiceTests
{
    [TestCase("", "", "local", "default")]
    [TestCase("", "SLIPWAY_ENVIRONMENT=production", "production", "SLIPWAY_ENVIRONMENT")]
    [TestCase("--environment=local", "SLIPWAY_ENVIRONMENT=production", "local", "--environment")]
    [TestCase("", "CI=false", "local", "default")]
    [TestCase("", "CI=", "local", "default")]
    [TestCase("--environment=local", "CI=true", "local", "--environment")]
    [TestCase("", "CI=true;SLIPWAY_ENVIRONMENT=production", "production", "SLIPWAY_ENVIRONMENT")]
    public void The_environment_is_named_or_local(string arguments, string variables, string name, string origin)
    {
        var settings =
            SettingsReader.Read(
                Sources.Of(
                    arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                    variables.Split(';', StringSplitOptions.RemoveEmptyEntries))).Require();

        Assert.That(settings.Values[0], Is.EqualTo(new SettingValue("environment", name, origin)));
    }

    [TestCase("CI=true")]
    [TestCase("CI=1")]
    public void A_pipeline_must_name_it_and_is_told_both_commands(string variable)
    {
        var result = SettingsReader.Read(Sources.Of([], [variable]) with { Target = "Push" });

        Assert.Multiple(() =>
        {
            Assert.That(result.Problems, Has.Count.EqualTo(1));
            Assert.That(result.Problems[0].Message, Does.Contain("CI is set"));
            Assert.That(result.Problems[0].Remedy, Does.Contain("./build.sh --target=Push --environment=local")
                .And.Contain("./build.sh --target=Push --environment=production"));
        });
    }

    [Test]
    public void A_target_that_touches_no_cloud_needs_no_name_in_a_pipeline()
    {
        var result = SettingsReader.Read(Sources.Of([], ["CI=true"]) with { Target = "Test", NeedsEnvironment = false });

        Assert.That(result.Require().Environment, Is.EqualTo("local"));
    }

    [TestCase("prodution", "Did you mean 'production'? There are: local, production.")]
    [TestCase("staging", "There are: local, production.")]
    public void An_environment_without_a_file_lists_those_that_have_one(string name, string remedy)
    {
        var result = SettingsReader.Read(Sources.Of([$"--environment={name}"]));

        Assert.That(
            result.Problems.Single(),
            Is.EqualTo(new SettingsProblem("--environment", $"there is no file 'infra/environments/{name}.json'.", remedy)));
    }

    [TestCase("../local")]
    [TestCase("Local")]
    [TestCase("a/b")]
    [TestCase("-x")]
    [TestCase("")]
    public void A_name_that_is_none_never_becomes_a_path(string name)
    {
        var result = SettingsReader.Read(Sources.Of([$"--environment={name}"]));

        Assert.That(result.Problems, Has.Count.EqualTo(1));
    }
}
