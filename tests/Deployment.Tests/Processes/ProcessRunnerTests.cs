using System.Diagnostics;
using System.Globalization;
using Slipway.Deployment.Processes;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Processes;

[Platform(Exclude = "Win", Reason = "the programs are a Unix shell's")]
internal sealed class ProcessRunnerTests
{
    private TemporaryFolder _folder = null!;
    private ProcessRunner _runner = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _runner = new ProcessRunner(_folder.Path);
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public async Task Both_streams_and_the_exit_code_are_kept()
    {
        var result = await Run("echo out; echo err >&2; exit 3");

        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.EqualTo(3));
            Assert.That(result.Output, Is.EquivalentTo(new[] { "out", "err" }));
            Assert.That(result.LogFile, Is.EqualTo("artifacts/logs/test.log"));
            Assert.That(File.ReadAllLines(_folder.Combine(result.LogFile)), Is.EqualTo(result.Output));
        });
    }

    [Test]
    public async Task Arguments_arrive_as_they_are()
    {
        string[] arguments = ["a b", "\"", "'", "$HOME", "*", "", "\\", "ü€"];

        var result =
            await _runner.RunAsync(new ProcessRequest("printf", ["%s\\n", .. arguments]) { LogName = "test" }, CancellationToken.None);

        Assert.That(result.Output, Is.EqualTo(arguments));
    }

    [Test]
    public async Task It_runs_in_the_repository_with_the_variables_of_the_request()
    {
        var request = new ProcessRequest("/bin/sh", ["-c", "pwd; echo $ADDED; echo ${HOME-gone}"])
        {
            LogName = "test",
            Environment = new Dictionary<string, string?> { ["ADDED"] = "value", ["HOME"] = null },
        };

        var result = await _runner.RunAsync(request, CancellationToken.None);

        Assert.That(result.Output, Is.EqualTo(new[] { Real(_folder.Path), "value", "gone" }));
    }

    [Test]
    public async Task A_program_that_reads_gets_nothing_and_does_not_wait()
    {
        var result = await Run("cat; echo done");

        Assert.That(result.Output, Is.EqualTo(new[] { "done" }));
    }

    [Test]
    public async Task A_missing_program_is_named()
    {
        var failure =
            await Assert.ThrowsAsync<SlipwayException>(
                () => _runner.RunAsync(new ProcessRequest("no-such-program", []) { LogName = "test" }, CancellationToken.None));

        Assert.Multiple(() =>
        {
            Assert.That(failure.Message, Does.Contain("failed to start 'no-such-program'"));
            Assert.That(failure.Remedy, Is.EqualTo("install 'no-such-program', or put it on PATH"));
            Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.PreconditionFailed));
        });
    }

    [Test]
    public async Task A_cancelled_program_is_ended_with_its_children()
    {
        using var cancellation = new CancellationTokenSource();
        var run = _runner.RunAsync(
            new ProcessRequest("/bin/sh", ["-c", "sleep 600 & echo $!; wait"]) { LogName = "test" }, cancellation.Token);
        var child = int.Parse(await FirstLine(_folder.Combine("artifacts/logs/test.log")), CultureInfo.InvariantCulture);

        await cancellation.CancelAsync();

        await Assert.CatchAsync<OperationCanceledException>(() => run);
        Assert.That(await Eventually(() => !IsRunning(child)), Is.True, $"the child {child} still runs");
    }

    [Test]
    public async Task Endless_output_keeps_the_end_in_memory_and_all_of_it_in_the_log()
    {
        var result = await Run("i=0; while [ $i -lt 30000 ]; do echo line $i; i=$((i+1)); done");

        Assert.Multiple(() =>
        {
            Assert.That(result.Output, Has.Count.EqualTo(20_000));
            Assert.That(result.Output[^1], Is.EqualTo("line 29999"));
            Assert.That(File.ReadLines(_folder.Combine(result.LogFile)).Count(), Is.EqualTo(30_000));
        });
    }

    private Task<ProcessResult> Run(string script) =>
        _runner.RunAsync(new ProcessRequest("/bin/sh", ["-c", script]) { LogName = "test" }, CancellationToken.None);

    private static string Real(string path) => new DirectoryInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;

    private static bool IsRunning(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            // A killed child that nobody has waited for yet is a zombie, which does not run.
            return !process.HasExited
                && !(File.Exists($"/proc/{pid}/stat") && File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal));
        }
        catch (Exception e) when (e is ArgumentException or IOException or InvalidOperationException)
        {
            return false;
        }
    }

    private static async Task<string> FirstLine(string file)
    {
        string? line = null;
        await Eventually(() => File.Exists(file) && (line = Lines(file).FirstOrDefault()) is not null);
        return line!;
    }

    private static string[] Lines(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task<bool> Eventually(Func<bool> condition)
    {
        for (var i = 0; i < 500 && !condition(); i++)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        return condition();
    }
}
