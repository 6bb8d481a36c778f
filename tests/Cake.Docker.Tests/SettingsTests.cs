using Cake.Core;

namespace Cake.Docker.Tests;

internal sealed class SettingsTests : AliasFixture
{
    [Test]
    public void Environment_variables_reach_the_process()
    {
        Context.DockerPush(
            new DockerImagePushSettings
            {
                EnvironmentVariables = new Dictionary<string, string> { ["DOCKER_CONFIG"] = "own", ["DOCKER_HOST"] = "tcp://127.0.0.1:1" },
            },
            "image:1");

        Assert.That(Runner.Settings.EnvironmentVariables["DOCKER_CONFIG"], Is.EqualTo("own"));
        Assert.That(Runner.Settings.EnvironmentVariables["DOCKER_HOST"], Is.EqualTo("tcp://127.0.0.1:1"));
    }

    [Test]
    public void Environment_variables_reach_a_process_whose_output_is_read()
    {
        Context.DockerCustomCommand(
            new DockerCustomCommandSettings { EnvironmentVariables = new Dictionary<string, string> { ["DOCKER_CONFIG"] = "own" } },
            "version");

        Assert.That(Runner.Settings.EnvironmentVariables["DOCKER_CONFIG"], Is.EqualTo("own"));
    }

    [Test]
    public void What_is_about_the_process_does_not_become_an_option()
    {
        Context.DockerPush(
            new DockerImagePushSettings
            {
                ToolTimeout = TimeSpan.FromMinutes(1),
                WorkingDirectory = "/",
                ArgumentCustomization = arguments => arguments.Append("--all-tags"),
            },
            "image");

        Assert.That(Runner.Arguments, Is.EqualTo("push image --all-tags"));
        Assert.That(Runner.Settings.WorkingDirectory.FullPath, Is.EqualTo("/"));
    }

    [Test]
    public void A_failure_names_the_tool_and_its_exit_code()
    {
        Runner.ExitCode = 17;

        Assert.That(
            () => Context.DockerPush("image:1"),
            Throws.InstanceOf<CakeException>().With.Message.EqualTo("Docker: Process returned an error (exit code 17).")
                .And.Property(nameof(CakeException.ExitCode)).EqualTo(17));
    }

    [TestCase("say \"hello\"", "\"say \\\"hello\\\"\"")]
    [TestCase("C:\\folder\\", "\"C:\\folder\\\\\"")]
    [TestCase("a\\\"b", "\"a\\\\\\\"b\"")]
    [TestCase("\" --network host \"", "\"\\\" --network host \\\"\"")]
    public void A_value_stays_one_argument_whatever_it_holds(string value, string expected)
    {
        Context.DockerBuild(new DockerImageBuildSettings { Label = [value] }, ".");

        Assert.That(Runner.Arguments, Is.EqualTo($"image build --label {expected} \".\""));
    }
}
