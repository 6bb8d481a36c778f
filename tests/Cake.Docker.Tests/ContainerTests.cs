namespace Cake.Docker.Tests;

internal sealed class ContainerTests : AliasFixture
{
    [Test]
    public void Run_writes_the_options_the_image_the_command_and_its_arguments_and_answers_with_the_id()
    {
        Runner.Output = ["4711", "more"];

        var id = Context.DockerRun(
            new DockerContainerRunSettings
            {
                Detach = true,
                Env = ["ASPNETCORE_URLS=http://+:8000"],
                Memory = "512m",
                Name = "task",
                Publish = ["127.0.0.1:8000:8000"],
                Rm = true,
                StopTimeout = 30,
                User = "1654",
            },
            "image:1", "dotnet", "Service.dll", "--health");

        Assert.That(id, Is.EqualTo("4711"));
        Assert.That(Runner.Settings.RedirectStandardOutput, Is.True);
        Assert.That(Runner.Arguments, Is.EqualTo(
            "run --detach --env \"ASPNETCORE_URLS=http://+:8000\" --memory \"512m\" --name \"task\" "
            + "--publish \"127.0.0.1:8000:8000\" --rm --stop-timeout 30 --user \"1654\" image:1 dotnet Service.dll --health"));
    }

    [Test]
    public void Run_without_a_command_leaves_it_to_the_image()
    {
        Assert.That(Context.DockerRun("image:1", ""), Is.Null);
        Assert.That(Runner.Arguments, Is.EqualTo("run image:1"));
    }

    [Test]
    public void Run_without_result_leaves_the_output_to_the_console()
    {
        Context.DockerRunWithoutResult("image:1", "env");

        Assert.That(Runner.Settings.RedirectStandardOutput, Is.False);
        Assert.That(Runner.Arguments, Is.EqualTo("run image:1 env"));
    }

    [Test]
    public void Logs_are_the_lines_of_the_output()
    {
        Runner.Output = ["one", "two"];

        var lines = Context.DockerLogs(new DockerContainerLogsSettings { Tail = "20", Timestamps = true }, "task");

        Assert.That(lines, Is.EqualTo(["one", "two"]));
        Assert.That(Runner.Arguments, Is.EqualTo("logs --tail \"20\" --timestamps task"));
    }

    [Test]
    public void Rm_names_every_container()
    {
        Context.DockerRm(new DockerContainerRmSettings { Force = true, Volumes = true }, "one", "two");
        Assert.That(Runner.Arguments, Is.EqualTo("rm --force --volumes one two"));

        Context.DockerRm("one");
        Assert.That(Runner.Arguments, Is.EqualTo("rm one"));
    }

    [Test]
    public void Rm_without_a_container_is_refused()
        => Assert.That(() => Context.DockerRm(), Throws.ArgumentNullException);

    [Test]
    public void Any_other_command_is_written_as_it_is_and_answers_with_its_lines()
    {
        Runner.Output = ["unix:///run/docker.sock"];

        var lines = Context.DockerCustomCommand("context inspect --format \"{{.Endpoints.docker.Host}}\"");

        Assert.That(lines, Is.EqualTo(["unix:///run/docker.sock"]));
        Assert.That(Runner.Arguments, Is.EqualTo("context inspect --format \"{{.Endpoints.docker.Host}}\""));
    }
}
