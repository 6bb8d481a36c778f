using System.Buffers;

namespace StreamMlService.Scoring;

/// <summary>One line of a stream, without its end; <see cref="TooLong"/> lines carry no bytes.</summary>
public readonly record struct Line(long Number, ReadOnlySequence<byte> Bytes, bool TooLong);

/// <summary>Cuts a growing buffer into lines and skips over the rest of a line that is longer than allowed, in bounded memory.</summary>
public sealed class LineSplitter(int longest)
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private long number;
    private bool skipping;

    /// <summary>Takes the next line off the buffer's front; false where more bytes are needed. The last line needs no end.</summary>
    public bool TryTake(ref ReadOnlySequence<byte> buffer, bool lastBuffer, out Line line)
    {
        while (true)
        {
            var reader = new SequenceReader<byte>(buffer);
            if (reader.TryReadTo(out ReadOnlySequence<byte> bytes, (byte)'\n'))
            {
                buffer = buffer.Slice(reader.Position);
            }
            else if (buffer.Length > longest + 1)
            {
                // Not the end of the line: say it once, forget what came and go on at the next line.
                buffer = buffer.Slice(buffer.End);
                if (skipping) break;
                skipping = true;
                line = new Line(++number, default, TooLong: true);
                return true;
            }
            else if (lastBuffer && buffer.Length > 0)
            {
                bytes = buffer;
                buffer = buffer.Slice(buffer.End);
            }
            else
            {
                if (skipping) buffer = buffer.Slice(buffer.End);
                break;
            }

            if (skipping)
            {
                skipping = false;
                continue;
            }

            number++;
            bytes = WithoutFrame(bytes);
            line = bytes.Length > longest ? new Line(number, default, TooLong: true) : new Line(number, bytes, TooLong: false);
            return true;
        }

        line = default;
        return false;
    }

    private ReadOnlySequence<byte> WithoutFrame(ReadOnlySequence<byte> bytes)
    {
        if (bytes.Length > 0 && bytes.Slice(bytes.Length - 1).FirstSpan[0] == '\r') bytes = bytes.Slice(0, bytes.Length - 1);
        var reader = new SequenceReader<byte>(bytes);
        return number == 1 && reader.IsNext(ByteOrderMark, advancePast: true) ? bytes.Slice(reader.Position) : bytes;
    }
}
