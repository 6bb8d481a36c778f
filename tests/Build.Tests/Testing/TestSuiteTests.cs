using System.Xml.Linq;
using Slipway.Build.Output;
using Slipway.Build.Testing;
using Slipway.Deployment;
using Slipway.Deployment.Processes;
using Slipway.Deployment.Tests.Support;
using Spectre.Console.Testing;

namespace Slipway.Build.Tests.Testing;

[TestFixture]
internal sealed class TestSuiteTests
{
    private TemporaryFolder _folder = null!;
    private TestConsole _console = null!;
    private FakeProcessRunner _processes = null!;

    private string SummaryFile => _folder.Combine("artifacts/test-results/summary.txt");

    [SetUp]
    public void Create()
    {
        _folder = new TemporaryFolder();
        foreach (var project in new[] { "A", "B", "EndToEnd" }) _folder.Write($"tests/{project}.Tests/{project}.Tests.csproj", "<Project />");
        _folder.Write("tests/Helpers/Helpers.csproj", "<Project />");
        _console = new TestConsole().Width(200);
        _processes = new FakeProcessRunner();
    }

    [TearDown]
    public void Delete()
    {
        _console.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task Every_test_project_runs_the_slowest_first_and_the_sum_is_kept()
    {
        _processes.Runs("dotnet", request => Result(request, "Passed", "NotExecuted"));

        var total = await Suite().RunAsync(CancellationToken.None);

        Assert.That(total.ToString(), Is.EqualTo("3 passed, 0 failed, 3 skipped"));
        Assert.That(File.ReadAllText(SummaryFile), Is.EqualTo("3 passed, 0 failed, 3 skipped\n"));
        Assert.That(_processes.Requests.Select(request => request.LogName), Is.EquivalentTo(new[] { "test-A.Tests", "test-B.Tests", "test-EndToEnd.Tests" }));
        Assert.That(_console.Lines[0], Does.Contain("EndToEnd.Tests"));
        Assert.That(_console.Lines, Does.Contain("  3 skipped: no engine"));
    }

    [Test]
    public async Task A_project_without_a_result_is_a_failure_beside_what_the_others_found()
    {
        _processes.Runs("dotnet", request => request.LogName == "test-A.Tests" ? new ProcessResult(134, ["Aborted"], "log") : Result(request, "Passed", "Failed"));

        var total = await Suite().RunAsync(CancellationToken.None);

        Assert.That(total.ToString(), Is.EqualTo("2 passed, 3 failed, 0 skipped"));
        Assert.That(total.Failures.Select(failure => failure.Name), Does.Contain("A.Tests"));
        Assert.That(File.ReadAllText(SummaryFile), Is.EqualTo("2 passed, 3 failed, 0 skipped\n"));
        Assert.That(_console.Output, Does.Contain("'A.Tests' gave no test result (exit code 134)").And.Contain("Aborted"));
    }

    [Test]
    public void What_stops_every_project_leaves_no_sum_of_a_run_before()
    {
        _folder.Write("artifacts/test-results/summary.txt", "9 passed, 0 failed, 0 skipped\n");

        Assert.That(() => Suite().RunAsync(CancellationToken.None), Throws.TypeOf<SlipwayException>().With.Message.Contains("failed to start 'dotnet'"));
        Assert.That(File.Exists(SummaryFile), Is.False);
    }

    private TestSuite Suite()
    {
        var report = new ConsoleReport(_console, live: false);
        var root = new RepositoryRoot(_folder.Path);
        return new TestSuite(new TestRunner(_processes, report, root, TimeProvider.System), report, root);
    }

    private ProcessResult Result(ProcessRequest request, params string[] outcomes)
    {
        XNamespace trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";
        var results = outcomes.Select(outcome => new XElement(
            trx + "UnitTestResult", new XAttribute("testName", outcome), new XAttribute("outcome", outcome), new XElement(trx + "Message", "no engine")));
        _folder.Write($"artifacts/test-results/{request.LogName["test-".Length..]}.trx", new XElement(trx + "TestRun", results).ToString());
        return new ProcessResult(outcomes.Contains("Failed") ? 1 : 0, [], "log");
    }
}
