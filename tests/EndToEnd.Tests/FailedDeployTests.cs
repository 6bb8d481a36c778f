using Slipway.EndToEnd.Tests.Support;

namespace Slipway.EndToEnd.Tests;

/// <summary>Code that must not get through: the run stops where it is found out, and the service answers as before.</summary>
[TestFixture]
internal sealed class FailedDeployTests : DeployedFixture
{
    [Test]
    public async Task Code_that_exits_at_once_fails_with_its_code_and_log_while_the_old_task_answers()
    {
        await File.WriteAllTextAsync(
            Checkout.PathOf("src", "StreamMlService", "Broken.cs"),
            """
            namespace StreamMlService;

            internal static class Broken
            {
                [System.Runtime.CompilerServices.ModuleInitializer]
                internal static void Break()
                {
                    if (System.Environment.GetEnvironmentVariable("SLIPWAY_TASK_ARN") is null) return;
                    System.Console.WriteLine("cannot open the model: /models/none");
                    System.Environment.Exit(17);
                }
            }
            """);
        await using var users = new RequestLoop(new Uri(Checkout.FrontDoor, "health"));
        var run = await Checkout.RunAsync("--target=Deploy");
        await users.StopAsync();
        File.Delete(Checkout.PathOf("src", "StreamMlService", "Broken.cs"));

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(6).Or.EqualTo(7), run.ToString());
            Assert.That(run.Output, Does.Contain("exit code 17"));
            Assert.That(run.Output, Does.Contain("cannot open the model: /models/none"));
            Assert.That(run.Output, Does.Contain("Try: "));
            Assert.That(users.Failures, Is.Empty);
            Assert.That(users.Answered, Is.GreaterThan(20));
        });
    }

    [Test]
    public async Task A_failing_test_stops_the_deploy_before_anything_is_pushed()
    {
        var before = Artifact("image.json").GetProperty("digest").GetString();
        var file = Checkout.PathOf("tests", "StreamMlService.Tests", "AlwaysRed.cs");
        await File.WriteAllTextAsync(file, "namespace StreamMlService.Tests; public sealed class AlwaysRed { [Test] public void Is_red() => Assert.Fail(\"red on purpose\"); }");

        var run = await Checkout.RunAsync("--target=Deploy", "--test-projects=tests/StreamMlService.Tests");
        File.Delete(file);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(4));
            Assert.That(run.Output, Does.Contain("red on purpose"));
            Assert.That(Artifact("image.json").GetProperty("digest").GetString(), Is.EqualTo(before));
        });
    }

    [Test]
    public async Task Sources_that_do_not_compile_are_shown_with_the_compilers_words()
    {
        var file = Checkout.PathOf("src", "StreamMlService", "Nonsense.cs");
        await File.WriteAllTextAsync(file, "this is no C#");

        var run = await Checkout.RunAsync("--target=DockerBuild", "--exclusive");
        File.Delete(file);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(4));
            Assert.That(run.Output, Does.Contain("Nonsense.cs").And.Contain("error CS"));
        });
    }
}
