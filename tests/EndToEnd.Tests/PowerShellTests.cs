using Slipway.EndToEnd.Tests.Support;

namespace Slipway.EndToEnd.Tests;

/// <summary>The script of Windows, by PowerShell on any machine: it compiles anew, and hands on arguments and exit codes as they are.</summary>
[TestFixture]
internal sealed class PowerShellTests
{
    private Checkout _checkout = null!;
    private ScriptRun _afterKill = null!;

    [OneTimeSetUp]
    public async Task CompileAsync()
    {
        var shell = PowerShell.Require();
        _checkout = Checkout.Create();
        _checkout.RunsIn(shell);
        using var killed = _checkout.Start(new Dictionary<string, string?>(), "--target=Settings");
        await killed.WaitForOutputAsync("Compiling the build program", Checkout.Patience);
        killed.KillAll();
        await killed.WaitAsync(Checkout.Patience);
        _afterKill = await _checkout.RunAsync("--target=Settings", "--environment=local");
    }

    [OneTimeTearDown]
    public async Task DeleteAsync()
    {
        if (_checkout is not null) await _checkout.DisposeAsync();
    }

    [Test]
    public async Task After_a_compilation_that_was_killed_it_begins_anew_and_compiles_once()
    {
        var second = await _checkout.RunAsync("--target=Settings", "--environment=local");

        Assert.Multiple(() =>
        {
            Assert.That((_afterKill.ExitCode, second.ExitCode), Is.EqualTo((0, 0)), _afterKill.ToString());
            Assert.That(_afterKill.Output, Does.Contain("Compiling the build program"));
            Assert.That(second.Output, Does.Not.Contain("Compiling").And.Match(@"cluster\s+emotional-parrot"));
        });
    }

    [Test]
    public async Task An_exit_code_is_the_programs_own()
    {
        var run = await _checkout.RunAsync("--target=Deplyo");

        run.MustFail(2, "no target 'Deplyo'. Did you mean 'Deploy'?");
    }

    [TestCase("two words")]
    [TestCase("a \"quoted\" 'one' $HOME `b` a\\b")]
    [TestCase("a,b;c@d(e)%PATH%*")]
    public async Task An_argument_arrives_as_it_was_given(string argument)
    {
        var run = await _checkout.RunAsync("--target=Deploy", argument);

        run.MustFail(2, $"'{argument}' is neither an option nor its value");
    }

    [Test]
    public async Task A_deleted_source_is_a_change()
    {
        var source = _checkout.PathOf("build", "Deployment", "ExitCode.cs");
        File.Move(source, source + ".kept");
        var run = await _checkout.RunAsync("--target=Settings");
        File.Move(source + ".kept", source);

        Assert.That(run.Output, Does.Contain("Compiling the build program"));
        Assert.That(run.ExitCode, Is.EqualTo(4));
        Assert.That(run.Output, Does.Contain("error CS"), "what refers to it does not compile");
    }

    [Test]
    public async Task Where_no_sdk_fits_the_wanted_version_is_named()
    {
        using var tools = new ToolFolder("bash");
        tools.Add("dotnet", $"case $1 in --version) exit 145;; *) exec '{Programs.Find("dotnet")}' \"$@\";; esac");

        (await _checkout.RunAsync(tools.Environment, "--target=Settings")).MustFail(3, "10.0.100", "Try: install it");
    }
}
