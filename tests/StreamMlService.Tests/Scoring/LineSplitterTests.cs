using System.Buffers;
using System.Text;
using CsCheck;
using StreamMlService.Scoring;

namespace StreamMlService.Tests.Scoring;

internal sealed class LineSplitterTests
{
    [TestCase("a\nb\n", "1:a 2:b")]
    [TestCase("a\r\nb", "1:a 2:b")]
    [TestCase("\n\na", "1: 2: 3:a")]
    [TestCase("12345\n123456\nx\n", "1:12345 2:! 3:x")]
    [TestCase("12345\r\n", "1:12345")]
    [TestCase("123456789012345678901234567890\nx", "1:! 2:x")]
    [TestCase("x\n123456789012345678901234567890", "1:x 2:!")]
    [TestCase("\uFEFFab\n\uFEFFc\n", "1:ab 2:\uFEFFc")]
    [TestCase("", "")]
    public void Lines_are_cut_the_same_however_the_bytes_arrive(string input, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(input);
        Assert.That(Split(bytes, Math.Max(1, bytes.Length)), Is.EqualTo(expected), "at once");
        Assert.That(Split(bytes, 1), Is.EqualTo(expected), "byte by byte");
    }

    [Test]
    public void Any_stream_in_any_pieces_gives_the_lines_that_a_plain_split_gives()
    {
        var text = Gen.Char['a', 'c'].Select(letter => letter == 'c' ? '\n' : letter).Array[0, 60].Select(letters => new string(letters));
        Gen.Select(text, Gen.Int[1, 9]).Sample((input, piece) =>
        {
            var lines = input.Split('\n');
            var expected = (lines[^1].Length == 0 ? lines[..^1] : lines).Select((line, i) => $"{i + 1}:{(line.Length > 5 ? "!" : line)}");
            return Split(Encoding.UTF8.GetBytes(input), piece) == string.Join(' ', expected);
        });
    }

    private static string Split(byte[] input, int piece)
    {
        var splitter = new LineSplitter(5);
        var answers = new List<string>();
        var held = ReadOnlySequence<byte>.Empty;
        var offset = 0;
        do
        {
            var next = Math.Min(input.Length, offset + piece);
            held = new ReadOnlySequence<byte>([.. held.ToArray(), .. input[offset..next]]);
            offset = next;
            while (splitter.TryTake(ref held, offset == input.Length, out var line))
                answers.Add($"{line.Number}:{(line.TooLong ? "!" : Encoding.UTF8.GetString(line.Bytes))}");
            Assert.That(held.Length, Is.LessThanOrEqualTo(5 + 1 + piece), "what is held is bounded");
        }
        while (offset < input.Length);

        return string.Join(' ', answers);
    }
}
