using System.Text;

namespace Slipway.Deployment.TaskDefinitions.Json;

/// <summary>A place in a text.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in characters.</param>
internal sealed record TextPosition(int Line, int Column);

/// <summary>Turns byte offsets of a UTF-8 text into lines and columns.</summary>
internal sealed class LineMap
{
    private readonly ReadOnlyMemory<byte> text;
    private readonly List<int> starts = [0];

    // Tokens come in the order of the text: counting on from the last one keeps a long line from being counted anew for each.
    private (int Offset, int Line, int Column) last = (0, 0, 0);

    public LineMap(ReadOnlyMemory<byte> text)
    {
        this.text = text;
        var span = text.Span;
        for (var index = 0; index < span.Length; index++)
        {
            if (span[index] == (byte)'\n') starts.Add(index + 1);
        }
    }

    public TextPosition At(long offset)
    {
        var bounded = (int)Math.Clamp(offset, 0, text.Length);
        var line = starts.BinarySearch(bounded);
        if (line < 0) line = ~line - 1;
        var isFurther = last.Line == line && last.Offset <= bounded;
        var (from, before) = isFurther ? (last.Offset, last.Column) : (starts[line], 0);
        last = (bounded, line, before + Encoding.UTF8.GetCharCount(text.Span[from..bounded]));
        return new TextPosition(line + 1, last.Column + 1);
    }

    /// <summary>The place that a parser names by line and byte within the line, both from 0.</summary>
    public TextPosition At(long line, long byteInLine) =>
        line >= starts.Count ? At(text.Length) : At(starts[(int)line] + byteInLine);
}
