using Microsoft.Extensions.Time.Testing;

namespace Slipway.Deployment.Tests.Rollouts;

/// <summary>
/// A clock that can tell whether anybody waits for it. One that is pushed on while the work is still busy, on a thread that a loaded machine has not
/// run yet, would let hours go by in a moment.
/// </summary>
internal sealed class WaitedClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private int waiting;

    /// <summary>Whether a timer has still to fire.</summary>
    public bool IsWaitedFor => Volatile.Read(ref waiting) > 0;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new CountedTimer(this, dueTime);
        timer.Inner = base.CreateTimer(
            _ =>
            {
                timer.Expect(Timeout.InfiniteTimeSpan);
                callback(state);
            },
            null, dueTime, period);
        return timer;
    }

    private sealed class CountedTimer : ITimer
    {
        private readonly WaitedClock clock;
        private int isPending;

        public CountedTimer(WaitedClock clock, TimeSpan dueTime)
        {
            this.clock = clock;
            Expect(dueTime);
        }

        public ITimer? Inner { get; set; }

        public void Expect(TimeSpan dueTime)
        {
            var next = dueTime == Timeout.InfiniteTimeSpan ? 0 : 1;
            Interlocked.Add(ref clock.waiting, next - Interlocked.Exchange(ref isPending, next));
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Expect(dueTime);
            return Inner!.Change(dueTime, period);
        }

        public void Dispose()
        {
            Expect(Timeout.InfiniteTimeSpan);
            Inner?.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
