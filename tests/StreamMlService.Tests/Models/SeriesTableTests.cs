using StreamMlService.Models;

namespace StreamMlService.Tests.Models;

internal sealed class SeriesTableTests
{
    [Test]
    public void Each_series_has_its_own_model()
    {
        var table = new SeriesTable(10, 64);
        for (var i = 0; i < 5; i++) table.Observe("a", [i], out _);
        table.Observe("b", [1], out var verdict);
        Assert.That(verdict.Count, Is.Zero);
        table.Observe("a", [1], out verdict);
        Assert.That(verdict.Count, Is.EqualTo(5));
    }

    [Test]
    public void Full_table_forgets_the_series_unused_for_longest()
    {
        var table = new SeriesTable(2, 64);
        table.Observe("a", [1], out _);
        table.Observe("b", [1], out _);
        table.Observe("a", [1], out _);
        table.Observe("c", [1], out _);

        Assert.That(table.Count, Is.EqualTo(2));
        Assert.That(table.Forgotten, Is.EqualTo(1));
        table.Observe("a", [1], out var kept);
        Assert.That(kept.Count, Is.EqualTo(2));
        table.Observe("b", [1], out var anew);
        Assert.That(anew.Count, Is.Zero);
    }

    [Test]
    public void Another_number_of_dimensions_is_refused_and_not_learnt()
    {
        var table = new SeriesTable(2, 64);
        Assert.That(table.Observe("a", [1, 2], out _), Is.Null);
        Assert.That(table.Observe("a", [1], out _), Is.EqualTo(2));
        Assert.That(table.Observe("a", [1, 2], out var verdict), Is.Null);
        Assert.That(verdict.Count, Is.EqualTo(1));
    }

    [Test]
    public void Threads_that_share_a_series_lose_no_observation()
    {
        var table = new SeriesTable(3, 64);
        Parallel.For(0, 8000, i => table.Observe($"s{i % 2}", [i], out _));
        table.Observe("s0", [0], out var first);
        table.Observe("s1", [0], out var second);
        Assert.That((first.Count, second.Count), Is.EqualTo((4000L, 4000L)));
    }
}
