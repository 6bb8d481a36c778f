using System.Net;
using System.Text.Json;
using Slipway.EndToEnd.Tests.Support;

namespace Slipway.EndToEnd.Tests;

/// <summary>The life of a service on the embedded cloud, without an engine, in one copy: every test leaves a service that answers.</summary>
[TestFixture]
internal sealed class DeployStoryTests
{
    private Checkout _checkout = null!;
    private ScriptRun _first = null!;

    [OneTimeSetUp]
    public async Task DeployAsync()
    {
        _checkout = Checkout.Create();
        _first = await _checkout.RunAsync("--target=Deploy");

        // The gate has been through; the rest of the story is about what comes after it.
        _checkout.LeaveOutTests();
    }

    [SetUp]
    public async Task ServiceAnswersAsync()
    {
        if (_first.ExitCode != 0 || await _checkout.AnswersAsync()) return;
        await _checkout.RunAsync("--target=Deploy");
    }

    [OneTimeTearDown]
    public async Task DeleteAsync() => await _checkout.DisposeAsync();

    [Test]
    public async Task One_command_takes_a_fresh_copy_to_a_service_that_answers()
    {
        Assert.That(_first.ExitCode, Is.Zero, _first.ToString());
        Assert.That(await _checkout.HealthAsync(), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(_first.Output, Does.Contain(_checkout.FrontDoor.ToString().TrimEnd('/')), "the URL of the service");
        foreach (var artifact in new[] { "build.json", "image.json", "task-definition.json", "deployment.json", "outcome.json" })
        {
            var path = _checkout.PathOf("artifacts", "deploy", "local", artifact);
            Assert.That(File.Exists(path), artifact);
            Assert.That(File.ReadAllText(path), Does.Not.Contain(_checkout.Folder), "an absolute path");
        }

        Assert.That(File.Exists(_checkout.PathOf("artifacts", "deploy", "local", "docker-config", "config.json")), Is.False, "the login is removed after a whole run");
    }

    [Test]
    public async Task Status_and_logs_show_the_running_task()
    {
        var status = await _checkout.RunAsync("--target=Status");
        var logs = await _checkout.RunAsync("--target=Logs", "--lines=20");

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
        var services = await AwsCli.RunAsync(_checkout.Port, "ecs", "describe-services", "--cluster", "emotional-parrot", "--services", "stream-ml-service-1");
        var tasks = await AwsCli.RunAsync(_checkout.Port, "ecs", "list-tasks", "--cluster", "emotional-parrot", "--service-name", "stream-ml-service-1");
        var images = await AwsCli.RunAsync(_checkout.Port, "ecr", "describe-images", "--repository-name", "stream-ml-service");
        var logs = await AwsCli.RunAsync(_checkout.Port, "logs", "filter-log-events", "--log-group-name", "/ecs/stream-ml-service");

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
        await _checkout.RunAsync("--target=Deploy");
        var before = Artifact("deployment.json").GetProperty("deploymentId").GetString();

        var run = await _checkout.RunAsync("--target=Deploy");

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

        await using var users = new RequestLoop(new Uri(_checkout.FrontDoor, "health"));
        var run = await _checkout.RunAsync("--target=Deploy");
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
            var run = await _checkout.RunAsync($"--target={target}", "--exclusive");
            Assert.That(run.ExitCode, Is.Zero, $"{target}: {run}");
        }

        Assert.That(Artifact("outcome.json").GetProperty("verdict").GetString(), Is.EqualTo("succeeded"));
        Assert.That(await _checkout.HealthAsync(), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_login_that_was_asked_for_stays_private_until_it_is_removed()
    {
        var config = _checkout.PathOf("artifacts", "deploy", "local", "docker-config", "config.json");
        await _checkout.RunAsync("--target=EcrLogin", "--exclusive");
        var mode = OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(config);
        var logout = await _checkout.RunAsync("--target=EcrLogout");

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
        await _checkout.RunAsync("--target=DockerBuild", "--exclusive");
        var push = await _checkout.RunAsync("--target=Push", "--exclusive");

        Assert.Multiple(() =>
        {
            Assert.That(push.ExitCode, Is.EqualTo(3));
            Assert.That(push.Output, Does.Contain("--target=EcrLogin"));
        });
    }

    [Test]
    public async Task Code_that_exits_at_once_fails_with_its_code_and_log_while_the_old_task_answers()
    {
        await File.WriteAllTextAsync(
            _checkout.PathOf("src", "StreamMlService", "Broken.cs"),
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
        await using var users = new RequestLoop(new Uri(_checkout.FrontDoor, "health"));
        var run = await _checkout.RunAsync("--target=Deploy");
        await users.StopAsync();
        File.Delete(_checkout.PathOf("src", "StreamMlService", "Broken.cs"));

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(6).Or.EqualTo(7), run.ToString());
            Assert.That(run.Output, Does.Contain("17"));
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
        var file = _checkout.PathOf("tests", "StreamMlService.Tests", "AlwaysRed.cs");
        await File.WriteAllTextAsync(file, "namespace StreamMlService.Tests; public sealed class AlwaysRed { [Test] public void Is_red() => Assert.Fail(\"red on purpose\"); }");

        var run = await _checkout.RunAsync("--target=Deploy", "--test-projects=tests/StreamMlService.Tests");
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
        var file = _checkout.PathOf("src", "StreamMlService", "Nonsense.cs");
        await File.WriteAllTextAsync(file, "this is no C#");

        var run = await _checkout.RunAsync("--target=DockerBuild", "--exclusive");
        File.Delete(file);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(4));
            Assert.That(run.Output, Does.Contain("Nonsense.cs").And.Contain("error CS"));
        });
    }

    [Test]
    public async Task Ctrl_c_while_waiting_says_that_the_deployment_goes_on_and_the_next_run_ends_it()
    {
        Change("fourth");
        using var running = _checkout.Start(new Dictionary<string, string?>(), "--target=Deploy");
        await running.WaitForOutputAsync("WaitStable", Checkout.Patience);
        running.Signal("INT");
        var cancelled = await running.WaitAsync(Checkout.Patience);
        var resumed = await _checkout.RunAsync("--target=WaitStable", "--exclusive");

        Assert.Multiple(() =>
        {
            Assert.That(cancelled.ExitCode, Is.EqualTo(130), cancelled.ToString());
            Assert.That(cancelled.Output, Does.Contain("--target=WaitStable --exclusive").Or.Contain("--target=WaitStable --environment=local --exclusive"));
            Assert.That(resumed.ExitCode, Is.Zero, resumed.ToString());
        });
    }

    [TestCase("Test", TestName = "Killed_in_Test_the_next_run_goes_on", ExpectedResult = 0)]
    [TestCase("DockerBuild", TestName = "Killed_in_DockerBuild_the_next_run_goes_on", ExpectedResult = 0)]
    [TestCase("Push", TestName = "Killed_in_Push_the_next_run_goes_on", ExpectedResult = 0)]
    [TestCase("DeployEcs", TestName = "Killed_in_DeployEcs_the_next_run_goes_on", ExpectedResult = 0)]
    public async Task<int> Killed_anywhere_the_next_run_goes_on(string target)
    {
        Change($"killed in {target}");
        using (var running = _checkout.Start(new Dictionary<string, string?>(), "--target=Deploy"))
        {
            await running.WaitForOutputAsync($"\n{target}\n", Checkout.Patience);
            running.Signal("KILL");
            await running.WaitAsync(Checkout.Patience);
        }

        var run = await _checkout.RunAsync("--target=Deploy");
        Assert.That(await _checkout.HealthAsync(), Is.EqualTo(HttpStatusCode.OK));
        return run.ExitCode;
    }

    [Test]
    public async Task Two_runs_at_once_do_not_touch_the_same_deployment()
    {
        Change("two at once");
        using var first = _checkout.Start(new Dictionary<string, string?>(), "--target=Deploy");
        await first.WaitForOutputAsync("DockerBuild", Checkout.Patience);
        var second = await _checkout.RunAsync("--target=Deploy");
        var ended = await first.WaitAsync(Checkout.Patience);

        Assert.Multiple(() =>
        {
            Assert.That(second.ExitCode, Is.EqualTo(3));
            Assert.That(second.Output, Does.Contain("process"));
            Assert.That(ended.ExitCode, Is.Zero, ended.ToString());
        });
    }

    [Test]
    public async Task An_existing_image_is_deployed_without_test_build_or_push()
    {
        var image = Artifact("image.json").GetProperty("uri").GetString();
        var run = await _checkout.RunAsync("--target=Deploy", $"--image={image}");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero, run.ToString());
            Assert.That(Artifact("task-definition.json").GetProperty("containerDefinitions")[0].GetProperty("image").GetString(), Is.EqualTo(image));
        });
    }

    [Test]
    public async Task After_LocalDown_nothing_is_left_running()
    {
        var run = await _checkout.RunAsync("--target=LocalDown");

        Assert.That(run.ExitCode, Is.Zero);
        if (!Directory.Exists("/proc")) Assert.Ignore("Only Linux lists its processes in /proc.");
        var left = Directory.GetDirectories("/proc")
            .Where(folder => Path.GetFileName(folder).All(char.IsAsciiDigit))
            .Select(folder => CommandLineOf(folder))
            .Where(line => line.Contains(_checkout.Folder, StringComparison.Ordinal));
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

    private JsonElement Artifact(string name) =>
        JsonDocument.Parse(File.ReadAllText(_checkout.PathOf("artifacts", "deploy", "local", name))).RootElement;

    private void Change(string what) => File.WriteAllText(
        _checkout.PathOf("src", "StreamMlService", "Change.cs"),
        $"namespace StreamMlService; internal static class Change {{ public const string What = \"{what}\"; }}");
}
