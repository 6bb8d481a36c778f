using System.Text;
using Slipway.LocalCloud.Runtime;

namespace Slipway.LocalCloud.Tests.Runtime;

internal sealed class LineReaderTests
{
    [Test]
    public async Task Output_is_cut_into_lines()
    {
        Assert.That(await ReadAsync("one\r\ntwo\n\nthree"), Is.EqualTo(new[] { "one", "two", "three" }));
    }

    [Test]
    public async Task A_line_without_an_end_is_cut_at_the_size_of_a_log_event()
    {
        var lines = await ReadAsync(new string('x', (LineReader.MostBytes * 2) + 5) + "\nnext");
        Assert.That(lines.Select(line => line.Length), Is.EqualTo(new[] { LineReader.MostBytes, LineReader.MostBytes, 5, 4 }));
    }

    [Test]
    public async Task A_character_that_two_reads_share_stays_whole()
    {
        var text = new string('a', (16 * 1024) - 1) + "é";
        Assert.That(await ReadAsync(text), Is.EqualTo(new[] { text }));
    }

    private static async Task<List<string>> ReadAsync(string text)
    {
        var lines = new List<string>();
        await LineReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), lines.Add, CancellationToken.None);
        return lines;
    }
}
