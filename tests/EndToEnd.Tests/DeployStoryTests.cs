using System.Net;
using Slipway.EndToEnd.Tests.Support;

namespace Slipway.EndToEnd.Tests;

/// <summary>The life of a service on the embedded cloud, without an engine, in one copy.</summary>
[TestFixture]
internal sealed class DeployStoryTests : DeployedFixture
{
    protected override bool BeginsWithTests => true;

    [Test]
    public async Task One_command_takes_a_fresh_copy_to_a_service_that_answers()
    {
        Assert.That(First.ExitCode, Is.Zero, First.ToString());
        Assert.That(await Checkout.HealthAsync(), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(First.Output, Does.Contain(Checkout.FrontDoor.ToString().TrimEnd('/')), "the URL of the service");
        foreach (var artifact in new[] { "build.json", "image.json", "task-definition.json", "deployment.json", "outcome.json" })
        {
            var path = Checkout.PathOf("artifacts", "deploy", "local", artifact);
            Assert.That(File.Exists(path), artifact);
            Assert.That(File.ReadAllText(path), Does.Not.Contain(Checkout.Folder), "an absolute path");
        }

        Assert.That(File.Exists(Checkout.PathOf("artifacts", "deploy", "local", "docker-config", "config.json")), Is.False, "the login is removed after a whole run");
    }

    [Test]
    public async Task Status_and_logs_show_the_running_task()
    {
        var status = await Checkout.RunAsync("--target=Status");
        var logs = await Checkout.RunAsync("--target=Logs", "--lines=20");

        Assert.Multiple(() =>
        {
            Assert.That(status.ExitCode, Is.Zero);
            Assert.That(status.Output, Does.Contain("RUNNING").And.Contain("sha256:"));
            Assert.That(logs.ExitCode, Is.Zero);
            Assert.That(logs.Output, Does.Contain("stream-ml-service"));
        });
    }

    [Test]
    public async Task The_aws_cli_sees_the_same_facts()
    {
        var image = Artifact("image.json");
        var services = await AwsCli.RunAsync(Checkout.Port, "ecs", "describe-services", "--cluster", "emotional-parrot", "--services", "stream-ml-service-1");
        var tasks = await AwsCli.RunAsync(Checkout.Port, "ecs", "list-tasks", "--cluster", "emotional-parrot", "--service-name", "stream-ml-service-1");
        var images = await AwsCli.RunAsync(Checkout.Port, "ecr", "describe-images", "--repository-name", "stream-ml-service");
        var logs = await AwsCli.RunAsync(Checkout.Port, "logs", "filter-log-events", "--log-group-name", "/ecs/stream-ml-service");

        var service = services.GetProperty("services")[0];
        Assert.Multiple(() =>
        {
            Assert.That(service.GetProperty("runningCount").GetInt32(), Is.EqualTo(1));
            Assert.That(service.GetProperty("taskDefinition").GetString(), Is.EqualTo(Artifact("deployment.json").GetProperty("taskDefinitionArn").GetString()));
            Assert.That(tasks.GetProperty("taskArns").GetArrayLength(), Is.EqualTo(1));
            Assert.That(
                images.GetProperty("imageDetails").EnumerateArray().Select(detail => detail.GetProperty("imageDigest").GetString()),
                Does.Contain(image.GetProperty("digest").GetString()));
            Assert.That(logs.GetProperty("events").GetArrayLength(), Is.GreaterThan(0));
        });
    }

    [Test]
    public async Task A_second_run_builds_pushes_registers_and_deploys_nothing()
    {
        await Checkout.RunAsync("--target=Deploy");
        var before = Artifact("deployment.json").GetProperty("deploymentId").GetString();

        var run = await Checkout.RunAsync("--target=Deploy");

        var deployment = Artifact("deployment.json");
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero);
            Assert.That(run.Output, Does.Contain("nothing to build").And.Contain("nothing to push").And.Contain("othing to deploy"));
            Assert.That(deployment.GetProperty("nothingToDo").GetBoolean(), Is.True);
            Assert.That(deployment.GetProperty("deploymentId").GetString(), Is.EqualTo(before));
        });
    }

    [Test]
    public async Task Changed_code_rolls_over_without_one_failed_request()
    {
        var before = Artifact("image.json").GetProperty("digest").GetString();
        Change("first");

        await using var users = new RequestLoop(new Uri(Checkout.FrontDoor, "health"));
        var run = await Checkout.RunAsync("--target=Deploy");
        await users.StopAsync();

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(Artifact("image.json").GetProperty("digest").GetString(), Is.Not.EqualTo(before));
        Assert.That(users.Failures, Is.Empty);
        Assert.That(users.Answered, Is.GreaterThan(50));
    }

    [Test]
    public async Task Each_target_runs_alone_from_the_artifacts_of_the_one_before()
    {
        Change("second");
        foreach (var target in new[] { "Test", "DockerBuild", "EcrLogin", "Push", "RenderTaskDef", "DeployEcs", "WaitStable" })
        {
            var run = await Checkout.RunAsync($"--target={target}", "--exclusive");
            Assert.That(run.ExitCode, Is.Zero, $"{target}: {run}");
        }

        await Checkout.RunAsync("--target=EcrLogout");

        Assert.That(Artifact("outcome.json").GetProperty("verdict").GetString(), Is.EqualTo("succeeded"));
        Assert.That(await Checkout.HealthAsync(), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_login_that_was_asked_for_stays_private_until_it_is_removed()
    {
        var config = Checkout.PathOf("artifacts", "deploy", "local", "docker-config", "config.json");
        await Checkout.RunAsync("--target=EcrLogin", "--exclusive");
        var mode = OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(config);
        var logout = await Checkout.RunAsync("--target=EcrLogout");

        Assert.Multiple(() =>
        {
            if (!OperatingSystem.IsWindows()) Assert.That(mode, Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            Assert.That(logout.ExitCode, Is.Zero);
            Assert.That(File.Exists(config), Is.False);
        });
    }

    [Test]
    public async Task Push_alone_without_a_login_says_what_to_run()
    {
        Change("third");
        await Checkout.RunAsync("--target=DockerBuild", "--exclusive");
        var push = await Checkout.RunAsync("--target=Push", "--exclusive");

        Assert.Multiple(() =>
        {
            Assert.That(push.ExitCode, Is.EqualTo(3));
            Assert.That(push.Output, Does.Contain("--target=EcrLogin"));
        });
    }

    [Test]
    public async Task An_existing_image_is_deployed_without_test_build_or_push()
    {
        var image = Artifact("image.json").GetProperty("uri").GetString();
        var run = await Checkout.RunAsync("--target=Deploy", $"--image={image}");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero, run.ToString());
            Assert.That(Artifact("task-definition.json").GetProperty("containerDefinitions")[0].GetProperty("image").GetString(), Is.EqualTo(image));
        });
    }

    [Test]
    public async Task After_LocalDown_nothing_is_left_running()
    {
        var run = await Checkout.RunAsync("--target=LocalDown");

        Assert.That(run.ExitCode, Is.Zero);
        if (!Directory.Exists("/proc")) Assert.Ignore("Only Linux lists its processes in /proc.");
        var left = Directory.GetDirectories("/proc")
            .Where(folder => Path.GetFileName(folder).All(char.IsAsciiDigit))
            .Select(folder => CommandLineOf(folder))
            .Where(line => line.Contains(Checkout.Folder, StringComparison.Ordinal));
        Assert.That(left, Is.Empty);
    }

    private static string CommandLineOf(string processFolder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(processFolder, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }
}
