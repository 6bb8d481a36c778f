using Slipway.Deployment.Settings;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Settings;

internal sealed class OneOffTaskSettingsTests
{
    private const string File = """
        { "region": "us-east-1", "repository": "ab", "cluster": "c", "service": "s", "onCancel": "rollback", "rollbackOnFailure": true,
          "preDeployTask": { "command": ["dotnet", "app.dll", "two words"], "container": "app", "env": { "A": "1", "B": "2" }, "timeout": "90s" } }
        """;

    [Test]
    public void Nothing_gates_a_deployment_unless_it_is_asked_for()
    {
        var task = Read([]).OneOffTask;

        Assert.That(task.IsGate, Is.False);
        Assert.That(task.Timeout, Is.EqualTo(TimeSpan.FromMinutes(10)));
    }

    [Test]
    public void A_file_holds_the_task_as_an_object()
    {
        var settings = Read(["--environment=x"]);

        Assert.That(settings.OneOffTask.IsGate, Is.True);
        Assert.That(settings.OneOffTask.Command, Is.EqualTo(new[] { "dotnet", "app.dll", "two words" }));
        Assert.That(settings.OneOffTask.Container, Is.EqualTo("app"));
        Assert.That(settings.OneOffTask.Env, Is.EqualTo(new Dictionary<string, string> { ["A"] = "1", ["B"] = "2" }));
        Assert.That(settings.OneOffTask.Timeout, Is.EqualTo(TimeSpan.FromSeconds(90)));
        Assert.That((settings.RollsBackOnCancel, settings.RollsBackOnFailure), Is.EqualTo((true, true)));
        Assert.That(settings.LocalCloud, Is.Null, "an object makes no embedded cloud");
    }

    [Test]
    public void The_command_line_takes_the_place_of_a_command_and_of_single_variables()
    {
        var task = Read(["--environment=x", """--pre-deploy-task=["migrate"]""", "--task-env=B=3"]).OneOffTask;

        Assert.That(task.Command, Is.EqualTo(new[] { "migrate" }));
        Assert.That(task.Env, Is.EqualTo(new Dictionary<string, string> { ["A"] = "1", ["B"] = "3" }));
    }

    [Test]
    public void An_existing_task_definition_alone_is_a_gate() =>
        Assert.That(Read(["--pre-deploy-task-definition=migrations:7"]).OneOffTask.IsGate, Is.True);

    [TestCase("[\"seed\"]", "seed")]
    [TestCase(null, "migrate")]
    public void RunTask_runs_its_own_command_or_else_the_gates(string? own, string command)
    {
        string[] arguments = own is null ? [] : [$"--task-command={own}"];

        Assert.That(OneOffTaskSettings.ReadCommand(Sources.Of(arguments), new OneOffTaskSettings { Command = ["migrate"] }), Is.EqualTo(new[] { command }));
    }

    private static DeploymentSettings Read(string[] arguments) =>
        SettingsReader.Read(Sources.Of(arguments, [], Sources.FilesWith("x", File))).Settings!;
}
