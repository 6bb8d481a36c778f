using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using Slipway.Build.Cloud;
using Slipway.Deployment;
using Slipway.Deployment.Settings;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Build.Tests.Cloud;

/// <summary>An embedded cloud that hangs: a process that lives, and a port that takes connections and never answers.</summary>
[TestFixture]
internal sealed class LocalCloudProcessTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingReport _report = new();
    private TemporaryFolder _folder = null!;
    private TcpListener _mute = null!;
    private Process _hung = null!;
    private LocalCloudProcess _cloud = null!;

    private int Port => ((IPEndPoint)_mute.LocalEndpoint).Port;

    [SetUp]
    public void Hang()
    {
        if (OperatingSystem.IsWindows()) Assert.Ignore("needs sleep(1) as the process that hangs");
        _folder = new TemporaryFolder();
        _mute = new TcpListener(IPAddress.Loopback, 0);
        _mute.Start();
        _hung = Process.Start("sleep", "600");
        _cloud = new LocalCloudProcess(new RepositoryRoot(_folder.Path), _report, _time);
    }

    [TearDown]
    public void End()
    {
        _cloud?.Dispose();
        _hung?.Kill();
        _hung?.Dispose();
        _mute?.Dispose();
        _folder?.Dispose();
    }

    [Test]
    public async Task One_that_does_not_answer_when_it_is_stopped_is_killed()
    {
        _folder.Write("artifacts/local-cloud/local-cloud.json", string.Create(
            CultureInfo.InvariantCulture,
            $$"""{ "pid": {{_hung.Id}}, "port": {{Port}}, "frontDoorPort": 1, "runtime": "process", "instance": "i", "startedAt": "{{_hung.StartTime:O}}" }"""));

        var stopped = await PassAsync(_cloud.StopAsync(CancellationToken.None));

        Assert.That(stopped, Is.True);
        Assert.That(_report.Details, Is.EqualTo(new[] { string.Create(CultureInfo.InvariantCulture, $"The local cloud does not answer on port {Port}.") }));
        Assert.That(_report.Warnings.Single(), Does.Contain("did not stop within 45 s and was killed with its tasks"));
        Assert.That(_hung.WaitForExit(TimeSpan.FromSeconds(10)), Is.True, "the process lives on");
    }

    [Test]
    public async Task One_whose_start_takes_too_long_is_killed_also_in_the_middle_of_a_question()
    {
        var starting = _cloud.WaitUntilReadyAsync(_hung, new LocalCloudSettings(Port, 1, "process"), [], CancellationToken.None);
        using var question = await _mute.AcceptTcpClientAsync();

        var failure = await Assert.ThrowsAsync<SlipwayException>(() => PassAsync(starting));

        Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.PreconditionFailed));
        Assert.That(failure.Message, Is.EqualTo("The local cloud was not ready within 90 s."));
        Assert.That(_hung.WaitForExit(TimeSpan.FromSeconds(10)), Is.True, "the process lives on");
    }

    private async Task<T> PassAsync<T>(Task<T> work)
    {
        while (!work.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(90));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        return await work;
    }
}
