using System.Diagnostics;
using System.Globalization;
using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Artifacts;

internal sealed class RunLockTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void A_second_run_is_told_which_process_has_the_environment()
    {
        using var first = RunLock.Acquire(_folder.Path, "local");

        var failure = Assert.Throws<SlipwayException>(() => RunLock.Acquire(_folder.Path, "local"));

        Assert.Multiple(() =>
        {
            Assert.That(failure.Message, Is.EqualTo($"Another run works on environment 'local': process {Environment.ProcessId}."));
            Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.PreconditionFailed));
            Assert.That(failure.Remedy, Is.Not.Null);
        });
    }

    [Test]
    public void Two_environments_do_not_wait_for_each_other()
    {
        using var first = RunLock.Acquire(_folder.Path, "local");
        using var second = RunLock.Acquire(_folder.Path, "production");

        Assert.That(second, Is.Not.Null);
    }

    [Test]
    public void What_an_ended_run_leaves_blocks_nobody()
    {
        RunLock.Acquire(_folder.Path, "local").Dispose();

        Assert.DoesNotThrow(() => RunLock.Acquire(_folder.Path, "local").Dispose());
    }

    [Test]
    public async Task A_killed_run_blocks_nobody()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/flock"))
            Assert.Ignore("needs flock(1) to hold the lock in another process");
        _folder.Write("artifacts/deploy/local/run.lock", "");
        // In one process: a child of flock would hold the lock, too, and nobody waits for its end.
        string[] arguments = ["--no-fork", _folder.Combine("artifacts/deploy/local/run.lock"), "cat"];
        using var holder = Process.Start(new ProcessStartInfo("/usr/bin/flock", arguments) { RedirectStandardInput = true })!;
        var held = await Eventually(() => IsHeld("local"));
        holder.Kill(entireProcessTree: true);
        await holder.WaitForExitAsync();

        Assert.Multiple(() =>
        {
            Assert.That(held, Is.True, "the other process holds the lock");
            Assert.DoesNotThrow(() => RunLock.Acquire(_folder.Path, "local").Dispose());
        });
    }

    [Test]
    public void Where_every_environment_must_be_free_the_one_that_is_not_is_told_with_its_holder()
    {
        RunLock.Acquire(_folder.Path, "local").Dispose();
        using var first = RunLock.Acquire(_folder.Path, "production");

        var failure = Assert.Throws<SlipwayException>(() => RunLock.RequireNone(_folder.Path));

        Assert.That(failure.Message, Is.EqualTo($"Another run works on environment 'production': process {Environment.ProcessId}."));
        Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.PreconditionFailed));
    }

    [Test]
    public void Environments_of_ended_runs_are_free()
    {
        RunLock.RequireNone(_folder.Path);
        RunLock.Acquire(_folder.Path, "local").Dispose();

        Assert.DoesNotThrow(() => RunLock.RequireNone(_folder.Path));
    }

    [Test]
    public void The_holder_is_named_by_its_number_alone()
    {
        using var first = RunLock.Acquire(_folder.Path, "local");

        Assert.That(
            File.ReadAllText(_folder.Combine("artifacts/deploy/local/run.lock.pid")),
            Is.EqualTo(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
    }

    private bool IsHeld(string environment)
    {
        try
        {
            RunLock.Acquire(_folder.Path, environment).Dispose();
            return false;
        }
        catch (SlipwayException)
        {
            return true;
        }
    }

    private static async Task<bool> Eventually(Func<bool> condition)
    {
        for (var i = 0; i < 500 && !condition(); i++)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        return condition();
    }
}
