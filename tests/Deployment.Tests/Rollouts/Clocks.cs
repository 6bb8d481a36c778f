namespace Slipway.Deployment.Tests.Rollouts;

internal static class Clocks
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    /// <summary>Lets time go by until the work is done; at the longest two hours of the clock's time.</summary>
    public static async Task RunAsync(this WaitedClock clock, Task work)
    {
        for (var step = 0; step < 72_000 && !work.IsCompleted; step++)
        {
            if (!clock.IsWaitedFor)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
                continue;
            }

            clock.Advance(Step);
            await Task.Yield();
        }

        Assert.That(work.IsCompleted, Is.True, "the work does not end");
    }
}
