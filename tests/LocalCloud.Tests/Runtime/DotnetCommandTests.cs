using Slipway.LocalCloud.Runtime;

namespace Slipway.LocalCloud.Tests.Runtime;

internal sealed class DotnetCommandTests
{
    private string folder = null!;

    [SetUp]
    public void MakeImage()
    {
        folder = Directory.CreateTempSubdirectory("slipway-command-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "app"));
        foreach (var name in (string[])["App.dll", "App.runtimeconfig.json", "App", "run.sh"]) File.WriteAllText(Path.Combine(folder, "app", name), "");
    }

    [TearDown]
    public void DeleteImage() => Directory.Delete(folder, recursive: true);

    [TestCase("dotnet /app/App.dll")]
    [TestCase("dotnet App.dll")]
    [TestCase("dotnet ./App.dll")]
    [TestCase("/usr/bin/dotnet /app/App.dll")]
    [TestCase("/usr/share/dotnet/dotnet exec /app/App.dll")]
    [TestCase("/app/App")]
    [TestCase("./App")]
    public void A_net_program_is_found_in_the_image(string command) =>
        Assert.That(Of($"{command} --one two").Arguments, Is.EqualTo(new[] { Path.Combine(folder, "app", "App.dll"), "--one", "two" }));

    [TestCase("/bin/sh -c dotnet")]
    [TestCase("/app/run.sh")]
    [TestCase("dotnet --info")]
    [TestCase("dotnet")]
    public void Anything_else_is_refused_with_a_remedy(string command) => Assert.That(
        () => Of(command),
        Throws.InstanceOf<ContainerStartException>().With.Message.StartsWith("CannotStartContainerError: ").And.Message.Contains("Try: start a Docker engine"));

    [Test]
    public void An_assembly_that_is_not_in_the_image_is_named() =>
        Assert.That(() => Of("dotnet /app/Missing.dll"), Throws.InstanceOf<ContainerStartException>().With.Message.Contains("no file '/app/Missing.dll'"));

    [Test]
    public void An_assembly_outside_of_the_image_is_not_run() =>
        Assert.That(() => Of("dotnet ../../App.dll"), Throws.InstanceOf<InvalidDataException>());

    [Test]
    public void An_overridden_entry_point_leaves_the_command_of_the_image_behind()
    {
        var config = ImageConfig.Parse("""{"config":{"Entrypoint":["a"],"Cmd":["b"]}}""");
        Assert.That(config.Arguments(Requests.New()), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(config.Arguments(Requests.New() with { Command = ["c"] }), Is.EqualTo(new[] { "a", "c" }));
        Assert.That(config.Arguments(Requests.New() with { EntryPoint = ["d"] }), Is.EqualTo(new[] { "d" }));
    }

    [TestCase("""{"config":{"Entrypoint":"a"}}""")]
    [TestCase("""{"config":null}""")]
    [TestCase("{}")]
    public void A_configuration_without_a_command_is_read_as_one_without(string json) =>
        Assert.That(ImageConfig.Parse(json).Arguments(Requests.New()), Is.Empty);

    [TestCase("not json")]
    [TestCase("""{"config":{"Env":[1]}}""")]
    [TestCase("[]")]
    public void A_broken_configuration_is_a_pull_error(string json) =>
        Assert.That(() => ImageConfig.Parse(json), Throws.InstanceOf<ContainerStartException>().With.Message.StartsWith("CannotPullContainerError: "));

    private DotnetCommand Of(string command) => DotnetCommand.Of(command.Split(' '), new RootFolder(folder), "/app");
}
