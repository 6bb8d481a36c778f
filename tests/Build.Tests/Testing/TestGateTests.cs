using Slipway.Build.Output;
using Slipway.Build.Testing;
using Slipway.Deployment;
using Slipway.Deployment.Tests.Support;
using Spectre.Console.Testing;

namespace Slipway.Build.Tests.Testing;

[TestFixture]
internal sealed class TestGateTests
{
    private readonly FakeProcessRunner _processes = new();
    private TemporaryFolder _folder = null!;
    private TestConsole _console = null!;

    [SetUp]
    public void Create()
    {
        _folder = new TemporaryFolder();
        _folder.Write("tests/Two/A.csproj", "<Project />");
        _folder.Write("tests/Two/B.csproj", "<Project />");
        _folder.Write("tests/None/A.cs", "");
        _console = new TestConsole().Width(200);
    }

    [TearDown]
    public void Delete()
    {
        _console.Dispose();
        _folder.Dispose();
    }

    [TestCase("tests/Web.Tests")]
    [TestCase("tests/Two")]
    [TestCase("tests/None")]
    public void A_test_project_that_is_missing_is_named_with_its_setting(string project)
    {
        Assert.That(
            () => Gate(project).RunAsync(CancellationToken.None),
            Throws.TypeOf<SlipwayException>().With.Message.Contains($"The test project '{project}' is missing")
                .And.Property(nameof(SlipwayException.ExitCode)).EqualTo(ExitCode.InvalidInput)
                .And.Property(nameof(SlipwayException.Remedy)).Contains("--test-projects"));
        Assert.That(_processes.Requests, Is.Empty);
    }

    private TestGate Gate(string project)
    {
        var report = new ConsoleReport(_console, live: false);
        var root = new RepositoryRoot(_folder.Path);
        return new TestGate(TestSettings.Local with { TestProjects = [project] }, new TestRunner(_processes, report, root, TimeProvider.System), report, root);
    }
}
