using System.Net;
using Microsoft.Extensions.Time.Testing;
using Slipway.LocalCloud.Ecs.Model;
using Slipway.LocalCloud.FrontDoor;

namespace Slipway.LocalCloud.Tests.FrontDoor;

internal sealed class TargetPoolTests
{
    private static readonly IPEndPoint EndPoint = new(IPAddress.Loopback, 1);
    private static readonly HashSet<string> None = [];
    private readonly FakeTimeProvider time = new();

    [Test]
    public void Targets_take_turns_and_the_least_busy_comes_first()
    {
        var pool = Pool("a", "b");
        var first = pool.Take(None)!;
        Assert.That(pool.Take(None)!.TaskId, Is.Not.EqualTo(first.TaskId));
        pool.Release(first);
        Assert.That(pool.Take(None), Is.SameAs(first));
    }

    [Test]
    public void What_was_tried_or_is_out_of_service_is_not_taken()
    {
        var pool = Pool("a", "b");
        pool.Suspend("b");
        Assert.That(pool.Take(None)!.TaskId, Is.EqualTo("a"));
        Assert.That(pool.Take(new HashSet<string> { "a" }), Is.Null);
        pool.Register("b", "group", EndPoint);
        Assert.That(pool.Take(new HashSet<string> { "a" })!.TaskId, Is.EqualTo("b"));
    }

    [Test]
    public async Task A_leaving_target_without_requests_is_gone_at_once()
    {
        var pool = Pool("a");
        await pool.DeregisterAsync("a", TimeSpan.FromHours(1), CancellationToken.None);
        Assert.That(pool.Take(None), Is.Null);
    }

    [Test]
    public async Task A_leaving_target_finishes_its_requests_and_gets_no_new_ones()
    {
        var pool = Pool("a");
        var taken = pool.Take(None)!;
        var leaving = pool.DeregisterAsync("a", TimeSpan.FromHours(1), CancellationToken.None);
        Assert.That(pool.Take(None), Is.Null);
        pool.Register("a", "group", EndPoint);
        Assert.That(pool.Take(None), Is.Null, "a late health check does not bring it back");
        Assert.That(leaving.IsCompleted, Is.False);
        pool.Release(taken);
        await leaving;
    }

    [Test]
    public async Task The_deregistration_delay_bounds_the_wait()
    {
        var pool = Pool("a");
        _ = pool.Take(None);
        var leaving = pool.DeregisterAsync("a", TimeSpan.FromSeconds(2), CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.That(leaving.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromSeconds(0.2));
        await leaving;
    }

    [Test]
    public void One_target_group_is_served_the_seeded_one_first()
    {
        var pool = Pool("a");
        pool.Register("seeded", Names.TargetGroup("stream-ml-service"), EndPoint);
        Assert.That(Enumerable.Range(0, 4).Select(_ => pool.Take(None)!.TaskId), Is.All.EqualTo("seeded"));
    }

    private TargetPool Pool(params string[] ids)
    {
        var pool = new TargetPool(time);
        foreach (var id in ids) pool.Register(id, "group", EndPoint);
        return pool;
    }
}
