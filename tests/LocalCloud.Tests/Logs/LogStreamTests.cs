using Slipway.LocalCloud.Logs;

namespace Slipway.LocalCloud.Tests.Logs;

internal sealed class LogStreamTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private string folder = null!;

    private string File => Path.Combine(folder, "stream.ndjson");

    private LogStream Open(long bytes = 1024 * 1024) => new("stream", Start, File, bytes);

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("slipway-log-stream-").FullName;

    [TearDown]
    public void DropFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Events_come_back_in_order_of_time_and_then_of_arrival()
    {
        var stream = Open();
        stream.Append([(20, "b"), (30, "c")], 100);
        stream.Append([(10, "a"), (20, "b2")], 200);
        Assert.That(stream.Read().Select(item => item.Message), Is.EqualTo(new[] { "a", "b", "b2", "c" }));
        Assert.That(stream.Span, Is.EqualTo((10L, 30L, 200L)));
    }

    [Test]
    public void Events_survive_the_process_and_numbers_go_on()
    {
        Open().Append([(1, "before")], 1);
        var again = Open();
        again.Append([(1, "after")], 1);
        Assert.That(again.Read().Select(item => (item.Number, item.Message)), Is.EqualTo(new[] { (1L, "before"), (2L, "after") }));
    }

    [Test]
    public void A_line_that_a_crash_cut_off_costs_only_itself()
    {
        Open().Append([(1, "whole"), (2, "cut")], 1);
        var bytes = System.IO.File.ReadAllBytes(File);
        System.IO.File.WriteAllBytes(File, bytes[..^9]);
        var again = Open();
        again.Append([(3, "next")], 1);
        Assert.That(again.Read().Select(item => item.Message), Is.EqualTo(new[] { "whole", "next" }));
    }

    [Test]
    public void A_noisy_stream_keeps_its_newest_events_within_its_bound()
    {
        const int Bound = 20_000;
        var stream = Open(Bound);
        for (var i = 0; i < 2000; i++) stream.Append([(i, $"line {i:D4}")], i);
        Assert.That(stream.Bytes, Is.LessThanOrEqualTo(Bound));
        var messages = stream.Read().Select(item => item.Message).ToList();
        Assert.That(messages[^1], Is.EqualTo("line 1999"));
        Assert.That(messages, Has.Count.GreaterThan(100));
        Assert.That(messages, Is.EqualTo(Enumerable.Range(2000 - messages.Count, messages.Count).Select(i => $"line {i:D4}")));
    }

    [TestCase(1, 20_000)]
    [TestCase(7, 20_000)]
    [TestCase(150, 20_000)]
    [TestCase(5000, 20_000)]
    [TestCase(1500, 10_000_000)]
    public void The_last_events_are_read_from_the_end_over_both_halves(int count, int bound)
    {
        var stream = Open(bound);
        for (var i = 0; i < 2000; i++) stream.Append([(i, $"line {i:D4} {new string('é', i % 90)}")], i);
        Assert.That(stream.ReadLast(count), Is.EqualTo(stream.Read().TakeLast(count)));
    }

    [TestCase("\n")]
    [TestCase("\0")]
    [TestCase("\u2028 \ud83d\ude00 \"quoted\" \\")]
    public void Any_text_is_one_event(string message)
    {
        var stream = Open();
        stream.Append([(1, message)], 1);
        Assert.That(stream.Read().Single().Message, Is.EqualTo(message));
    }
}
