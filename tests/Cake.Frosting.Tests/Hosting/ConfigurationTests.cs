using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.Frosting.Tests.Hosting;

internal sealed class ConfigurationTests
{
    private string folder = null!;

    [SetUp]
    public void CreateFolder() => folder = Directory.CreateTempSubdirectory("frosting").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void A_setting_of_the_host_is_part_of_the_configuration()
        => Assert.That(ValueOf("Some_Key", host => host.UseCakeSetting("some_key", "host")), Is.EqualTo("host"));

    [Test]
    public void A_setting_of_cake_config_in_the_working_directory_is_part_of_the_configuration()
    {
        WriteConfig("[Some]", "Key=file");

        Assert.That(ValueOf("Some_Key", host => host), Is.EqualTo("file"));
    }

    [Test]
    public void The_command_line_overrides_cake_config_which_overrides_the_host()
    {
        WriteConfig("[Some]", "Key=file", "Other=file");

        Assert.That(ValueOf("Some_Key", host => host.UseCakeSetting("some_key", "host"), "--some_key=line"), Is.EqualTo("line"));
        Assert.That(ValueOf("Some_Other", host => host.UseCakeSetting("some_other", "host")), Is.EqualTo("file"));
    }

    [Test]
    public void The_tool_path_is_a_setting()
        => Assert.That(ValueOf("Paths_Tools", host => host.SetToolPath("elsewhere")), Is.EqualTo("elsewhere"));

    [Test]
    public void The_verbosity_of_cake_config_yields_to_the_command_line()
    {
        WriteConfig("[Settings]", "Verbosity=Diagnostic");

        Assert.That(Run(host => host).Log.Verbosity, Is.EqualTo(Verbosity.Diagnostic));
        Assert.That(Run(host => host, "--verbosity=quiet").Log.Verbosity, Is.EqualTo(Verbosity.Quiet));
    }

    private string ValueOf(string key, Func<CakeHost, CakeHost> configure, params string[] args)
        => Run(host => configure(host).UseCakeSetting("asked", key), args).Steps.Single();

    private TestHost Run(Func<CakeHost, CakeHost> configure, params string[] args)
    {
        var host = new TestHost().Task<Default>().With(configure);
        host.Environment.WorkingDirectory = folder;
        Assert.That(host.Run(args), Is.Zero);
        return host;
    }

    private void WriteConfig(params string[] lines) => File.WriteAllLines(System.IO.Path.Combine(folder, "cake.config"), lines);

    private sealed class Default(Steps steps) : FrostingTask
    {
        public override void Run(ICakeContext context)
        {
            if (context.Configuration.GetValue("asked") is { } key)
            {
                steps.Add(context.Configuration.GetValue(key));
            }
        }
    }
}
