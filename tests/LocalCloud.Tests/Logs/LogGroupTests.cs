using Slipway.LocalCloud.Logs;
using Slipway.LocalCloud.State;

namespace Slipway.LocalCloud.Tests.Logs;

internal sealed class LogGroupTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private string folder = null!;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("slipway-log-group-").FullName;

    [TearDown]
    public void DropFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void A_group_that_is_full_drops_the_streams_that_are_quiet_for_longest()
    {
        var group = LogGroup.Create(new StateFolder(folder), new LogBounds(StreamBytes: 4000, GroupBytes: 20_000, GroupStreams: 5), "/ecs/noisy", Start);
        for (var stream = 0; stream < 20; stream++)
        {
            for (var i = 0; i < 40; i++) group.Append($"task/{stream:D2}", [(i, new string('x', 100))], Start);
        }

        Assert.That(group.Streams, Has.Count.LessThanOrEqualTo(5));
        Assert.That(group.Bytes, Is.LessThanOrEqualTo(24_000));
        Assert.That(group.Find("task/19"), Is.Not.Null);
        Assert.That(group.Find("task/00"), Is.Null);
        Assert.That(Directory.EnumerateFiles(folder, "*.ndjson", SearchOption.AllDirectories).Count(), Is.LessThanOrEqualTo(5));
    }

    [Test]
    public void Names_that_differ_never_share_a_file()
    {
        var group = LogGroup.Create(new StateFolder(folder), new LogBounds(), "/ecs/names", Start);
        var names = new[] { "a/b", "a_b", "A/b", "../../escape", new string('n', 512) };
        foreach (var name in names) group.Append(name, [(1, name)], Start);
        foreach (var name in names) Assert.That(group.Find(name)!.Read().Single().Message, Is.EqualTo(name));
        Assert.That(Directory.EnumerateFiles(Path.GetDirectoryName(folder)!, "escape*"), Is.Empty);
    }
}
