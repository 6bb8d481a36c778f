using System.Runtime.InteropServices;
using Slipway.Build.Hosting;

namespace Slipway.Build.Tests.Hosting;

[TestFixture]
internal sealed class CancellationTests
{
    [Test]
    public async Task The_first_signal_cancels_and_the_second_one_ends_the_process_with_130()
    {
        var ended = new List<int>();
        using var cancellation = new Cancellation(ended.Add);
        var cancelled = new TaskCompletionSource();
        await using var registration = cancellation.Token.Register(cancelled.SetResult);
        var first = new PosixSignalContext(PosixSignal.SIGINT);
        var second = new PosixSignalContext(PosixSignal.SIGTERM);

        cancellation.OnSignal(first);
        await cancelled.Task;
        Assert.That(ended, Is.Empty);
        cancellation.OnSignal(second);

        Assert.That(ended, Is.EqualTo(new[] { 130 }));
        Assert.That((first.Cancel, second.Cancel), Is.EqualTo((true, true)), "the system's own answer would be another code");
    }
}
