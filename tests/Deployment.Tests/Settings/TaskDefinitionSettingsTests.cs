using Slipway.Deployment.Settings;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Settings;

internal sealed class TaskDefinitionSettingsTests
{
    private const string Secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf";

    [TestCase("LEVEL=debug", "LEVEL", "debug")]
    [TestCase("QUERY=a=b=c", "QUERY", "a=b=c")]
    [TestCase("EMPTY=", "EMPTY", "")]
    [TestCase("TEXT= two words ", "TEXT", " two words ")]
    [TestCase("LINES=one\ntwo", "LINES", "one\ntwo")]
    [TestCase("worker/LEVEL=debug", "worker/LEVEL", "debug")]
    public void A_value_is_all_that_follows_the_first_equals_sign(string text, string name, string value) =>
        Assert.That(
            Read([$"--env={text}"]).Changes.Containers.Single(), Is.EqualTo(new ContainerChange(ContainerChangeKind.Variable, name, value, "--env")));

    [TestCase("--env=A=1", ContainerChangeKind.Variable, "1", "--env")]
    [TestCase("--env-remove=A", ContainerChangeKind.Variable, null, "--env-remove")]
    [TestCase($"--secret=A={Secret}", ContainerChangeKind.Secret, Secret, "--secret")]
    [TestCase("--secret-remove=A", ContainerChangeKind.Secret, null, "--secret-remove")]
    [TestCase("--log-option=A=x=y", ContainerChangeKind.LogOption, "x=y", "--log-option")]
    [TestCase("--log-option-remove=A", ContainerChangeKind.LogOption, null, "--log-option-remove")]
    [TestCase("--docker-label=A=x=y", ContainerChangeKind.DockerLabel, "x=y", "--docker-label")]
    [TestCase("--docker-label-remove=A", ContainerChangeKind.DockerLabel, null, "--docker-label-remove")]
    public void Every_kind_of_entry_is_set_and_removed(string argument, ContainerChangeKind kind, string? value, string origin) =>
        Assert.That(Read([argument]).Changes.Containers.Single(), Is.EqualTo(new ContainerChange(kind, "A", value, origin)));

    [Test]
    public void The_command_line_wins_over_the_file_name_by_name()
    {
        var settings = Read(["--env=B=command line", "--env-remove=C,D", "--secret-remove=S"], """
            "env": { "A": "file", "B": "file", "C": "file", "OLD": null }, "secrets": { "T": "/team/t" }, "logOptions": { "mode": "non-blocking" },
            "dockerLabels": { "com.example/team": "ml" }
            """);

        Assert.That(settings.Changes.Containers.Select(change => (change.Kind, change.Name, change.Value)), Is.EqualTo(new[]
        {
            (ContainerChangeKind.Variable, "OLD", (string?)null),
            (ContainerChangeKind.Variable, "A", "file"),
            (ContainerChangeKind.Secret, "T", "/team/t"),
            (ContainerChangeKind.LogOption, "mode", "non-blocking"),
            (ContainerChangeKind.DockerLabel, "com.example/team", "ml"),
            (ContainerChangeKind.Variable, "C", null),
            (ContainerChangeKind.Variable, "D", null),
            (ContainerChangeKind.Secret, "S", null),
            (ContainerChangeKind.Variable, "B", "command line"),
        }));
    }

    [Test]
    public void The_table_of_settings_shows_entries_and_hides_what_looks_like_a_secret()
    {
        var settings = Read(["--env=DB_PASSWORD=hunter2", "--env=LEVEL=debug", "--env-remove=OLD"], "\"env\": { \"A\": \"1\" }");

        Assert.That(
            Value(settings, "env"), Is.EqualTo(new SettingValue(
                "env", "A=1, DB_PASSWORD=(hidden), LEVEL=debug, OLD (removed)", "infra/environments/x.json, --env, --env-remove")));
        Assert.That(string.Join(' ', settings.Values), Does.Not.Contain("hunter2"));
        Assert.That(string.Join(' ', settings.Changes.Containers), Does.Not.Contain("hunter2"));
    }

    [Test]
    public void Single_values_and_lists_are_read_from_the_file()
    {
        var settings = Read([], """
            "cpu": "512", "memory": "1 GB", "command": ["dotnet", "a b.dll", ""], "executionRoleArn": "arn:e", "taskRoleArn": "arn:t",
            "containerPort": 8080, "container": ["web", "worker"], "containerImages": { "sidecar": "envoy:1" }
            """);

        Assert.Multiple(() =>
        {
            Assert.That(settings.Changes.Cpu, Is.EqualTo(new Setting<string>("512", "infra/environments/x.json:2:8")));
            Assert.That(settings.Changes.Memory!.Value, Is.EqualTo("1 GB"));
            Assert.That(settings.Changes.Command!.Value, Is.EqualTo(new[] { "dotnet", "a b.dll", "" }));
            Assert.That(settings.Changes.ExecutionRoleArn!.Value, Is.EqualTo("arn:e"));
            Assert.That(settings.Changes.TaskRoleArn!.Value, Is.EqualTo("arn:t"));
            Assert.That(settings.ContainerPort, Is.EqualTo(8080));
            Assert.That(settings.Containers, Is.EqualTo(new[] { "web", "worker" }));
            Assert.That(
                settings.Changes.Images.Single(), Is.EqualTo(new ContainerImage("sidecar", "envoy:1", settings.Changes.Images.Single().Origin)));
            Assert.That(Value(settings, "command")!.Value, Is.EqualTo("""["dotnet","a b.dll",""]"""));
        });
    }

    [TestCase("""["dotnet", "app one.dll", "--x=1"]""", new[] { "dotnet", "app one.dll", "--x=1" })]
    [TestCase("[]", new string[0])]
    public void A_command_is_a_JSON_array_and_is_never_split(string text, string[] expected)
    {
        var command = Read([$"--command={text}"], "\"command\": [\"from\", \"file\"]").Changes.Command!;

        Assert.That(command.Value, Is.EqualTo(expected));
        Assert.That(command.Origin, Is.EqualTo("--command"));
    }

    [TestCase("--container=web,worker")]
    [TestCase("--container=web --container=worker")]
    public void The_image_may_go_to_several_containers(string arguments) =>
        Assert.That(Read(arguments.Split(' ')).Containers, Is.EqualTo(new[] { "web", "worker" }));

    [TestCase("live", "live", "live")]
    [TestCase("./live", "file", "live")]
    [TestCase("infra/other.json", "file", "infra/other.json")]
    [TestCase("web:42", "revision", "web:42")]
    [TestCase("arn:aws:ecs:us-east-1:123456789012:task-definition/web:42", "revision", "arn:aws:ecs:us-east-1:123456789012:task-definition/web:42")]
    public void The_task_definition_is_a_file_the_live_revision_or_an_existing_one(string text, string kind, string shown)
    {
        foreach (var settings in new[] { Read([$"--task-definition={text}"]), Read([], $"\"taskDefinition\": \"{text}\"") })
            Assert.That((settings.TaskDefinition.Kind, settings.TaskDefinition.ToString()), Is.EqualTo((kind, shown)));
    }

    [TestCase("--image=host.example/web:1", "--image", "Leave out --image")]
    [TestCase("--env=A=1", "--env", "Leave out --env")]
    [TestCase("--docker-label-remove=A", "--docker-label-remove", "Leave out --docker-label")]
    [TestCase("--cpu=512", "--cpu", "--task-definition=live")]
    [TestCase("--command=[]", "--command", "Leave out --command")]
    [TestCase("--container-image=a=b:1", "--container-image", "Leave out --container-image")]
    public void Nothing_can_be_changed_in_an_existing_revision(string argument, string origin, string remedy)
    {
        var problem = Result(["--task-definition=web:42", argument], "\"env\": { \"B\": \"1\" }").Problems.Single();

        Assert.That(problem.Origin, Is.EqualTo(origin));
        Assert.That(problem.Message, Is.EqualTo("the revision 'web:42' is deployed as it is; nothing can be changed in it."));
        Assert.That(problem.Remedy, Does.Contain(remedy));
    }

    [Test]
    public void What_the_file_would_change_does_not_keep_an_existing_revision_from_being_deployed()
    {
        var settings = Read(["--task-definition=web:42"], "\"env\": { \"B\": \"1\" }");

        Assert.That(settings.StartsFrom, Is.EqualTo("the revision 'web:42' is deployed as it is"));
        Assert.That(Result([], "\"taskDefinition\": \"web:42\", \"env\": { \"B\": \"1\" }").Problems, Has.Count.EqualTo(1));
    }

    [TestCase("--env=LEVEL", "'LEVEL' has no value.", "--env-remove=NAME")]
    [TestCase("--env==1", "'' is no name.", "without blanks")]
    [TestCase("--env= A=1", "' A' is no name.", "without blanks")]
    [TestCase("--env=A=x\0y", "holds a NUL character", "Remove it.")]
    [TestCase("--env=A=1|--env=A=2", "'A' was given 2 times.", "once")]
    [TestCase("--env=A=1|--env-remove=A", "'A' was given 2 times.", "once")]
    [TestCase("--env=A=1|--secret=A=/a", "'A' is an environment variable (--env) and a secret.", "Keep one")]
    [TestCase("--container-image=sidecar=web", "names neither tag nor digest.", "Add one")]
    [TestCase("--container-image=a b=web:1", "'a b' is no container's name.", "sidecar=")]
    [TestCase("--command=dotnet app.dll", "is no JSON array of strings.", "--command='[")]
    [TestCase("--command=[1]", "is no JSON array of strings.", "--command='[")]
    [TestCase("--command=[null]", "is no JSON array of strings.", "--command='[")]
    [TestCase("--container=a b", "is no container's name.", "letters")]
    [TestCase("--container-port=0", "is no container-port.", "1 to 65535")]
    [TestCase("--task-definition=web:latest", "is neither a path inside the repository nor a revision.", "family:42")]
    [TestCase("--task-definition=web:0", "is neither a path inside the repository nor a revision.", "family:42")]
    [TestCase("--task-definition=arn:aws:ecs:us-east-1:123456789012:task-definition/web", "nor a revision.", "number")]
    [TestCase("--task-definition=arn:aws:ecs:eu-west-1:123456789012:task-definition/web:1", "is in another region than 'us-east-1'", "same")]
    [TestCase("--task-definition=arn:aws:ecs:us-east-1:210987654321:task-definition/web:1", "is in another account than '123456789012'", "same")]
    public void A_value_that_cannot_be_is_refused_with_a_remedy(string arguments, string message, string remedy)
    {
        var problem = Result(arguments.Split('|')).Problems.Single();

        Assert.That(problem.Message, Does.Contain(message));
        Assert.That(problem.Remedy, Does.Contain(remedy));
    }

    [TestCase("\"env\": { \"A\": 1 }", "infra/environments/x.json:2:15", "'env.A' must be a string, or null to remove it.")]
    [TestCase("\"env\": { \"A\": { \"b\": 1 } }", "infra/environments/x.json:2:15", "'env.A' must be a string, or null to remove it.")]
    [TestCase("\"env\": { \"A\": \"1\", \"A\": \"2\" }", "infra/environments/x.json:2:20", "'env.A' is there twice.")]
    [TestCase("\"env\": [\"A=1\"]", "infra/environments/x.json:2:8", "'env' must be an object of strings, not an array.")]
    [TestCase("\"command\": \"dotnet app.dll\"", "infra/environments/x.json:2:12", "'command' must be an array of strings, not a string.")]
    [TestCase("\"container\": 1", "infra/environments/x.json:2:14", "'container' must be a string or an array of strings, not a number.")]
    [TestCase("\"containerImages\": { \"a\": null }", "infra/environments/x.json:2:22", "'containerImages.a' is null")]
    [TestCase("\"secrets\": { \"a\": \"x\" }, \"env\": { \"a\": \"x\" }", "infra/environments/x.json:2:14", "'a' is an environment variable")]
    public void A_fault_in_the_file_has_its_place(string members, string origin, string message)
    {
        var problem = Result([], members).Problems.Single();

        Assert.That((problem.Origin, problem.Message), Is.EqualTo((origin, problem.Message)));
        Assert.That(problem.Message, Does.Contain(message));
    }

    private static DeploymentSettings Read(string[] arguments, string members = "\"desiredCount\": 1") => Result(arguments, members).Require();

    private static SettingsResult Result(string[] arguments, string members = "\"desiredCount\": 1")
    {
        const string Head = """{ "region": "us-east-1", "accountId": "123456789012", "repository": "web", "cluster": "c", "service": "s",""";
        return SettingsReader.Read(Sources.Of(["--environment=x", .. arguments], [], Sources.FilesWith("x", $"{Head}\n{members}\n}}")));
    }

    private static SettingValue? Value(DeploymentSettings settings, string name) => settings.Values.SingleOrDefault(v => v.Name == name);
}
