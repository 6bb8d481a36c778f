using Cake.Core.IO;
using Slipway.Build.Output;
using Slipway.Deployment.TaskDefinitions.Validation;
using Spectre.Console.Testing;

namespace Slipway.Build.Tests.Output;

[TestFixture]
internal sealed class GitHubAnnotationsTests
{
    private static readonly TaskDefinitionRule Error = new("fargate-size", FindingSeverity.Error, "A size", "Developer Guide, part 1");

    private TestConsole _console = null!;
    private ConsoleReport _report = null!;

    [SetUp]
    public void Open()
    {
        _console = new TestConsole().Width(10_000);
        _report = new ConsoleReport(_console, live: false);
    }

    [TearDown]
    public void Close() => _console.Dispose();

    [Test]
    public void A_finding_stands_on_its_line()
    {
        Annotate("true");

        _report.Finding(new Finding(Error, "build.sh", 8, 13, "memory", "Not offered.", "\"768\"", "512"));

        Assert.That(_console.Lines.Single(), Is.EqualTo(
            "::error title=fargate-size,file=build.sh,line=8,col=13::memory: Not offered. Found \"768\"; allowed: 512. [Developer Guide, part 1]"));
    }

    [Test]
    public void A_warning_is_printed_and_marked_and_cannot_write_a_command_of_its_own()
    {
        Annotate("true");

        _report.Finding(new Finding(Error with { Severity = FindingSeverity.Warning }, "build.sh", 1, 2, "a", "100%\n::error::x.", null, "b"));

        Assert.That(_console.Lines[0], Does.StartWith("  Warning: build.sh:1:2: a: 100%"));
        Assert.That(_console.Lines[^1], Does.StartWith("::warning title=fargate-size,file=build.sh,line=1,col=2::a: 100%25%0A::error::x. Allowed: b."));
    }

    [Test]
    public void What_a_setting_wrote_has_no_line()
    {
        Annotate("true");

        _report.Finding(new Finding(Error, "--env", null, null, "a", "Wrong.", null, "b"));

        Assert.That(_console.Lines.Single(), Does.StartWith("::error title=fargate-size::a: Wrong."));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("false")]
    public void Elsewhere_nothing_is_marked(string? variable)
    {
        Annotate(variable);

        _report.Finding(new Finding(Error, "build.sh", 8, 13, null, "Not offered.", null, "512"));

        Assert.That(_console.Output, Is.Empty, "the exception tells an error");
    }

    private void Annotate(string? variable) => _report.Annotations = GitHubAnnotations.Find(
        new ActionsEnvironment(variable), new FileSystem(), RepositoryRoot.Find(AppContext.BaseDirectory), _report.Command);
}
