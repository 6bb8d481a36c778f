using System.Text;

namespace Slipway.Deployment.TaskDefinitions.Json;

/// <summary>A place in a text. Every token has one, and few are ever asked for: line and column are counted then.</summary>
internal sealed class TextPosition
{
    private readonly LineMap? map;
    private readonly int offset;
    private int line;
    private int column;

    /// <param name="line">From 1.</param>
    /// <param name="column">From 1, in characters.</param>
    public TextPosition(int line, int column) => (this.line, this.column) = (line, column);

    /// <param name="map">The lines of the text.</param>
    /// <param name="offset">The byte where the place begins.</param>
    public TextPosition(LineMap map, int offset) => (this.map, this.offset) = (map, offset);

    /// <summary>From 1.</summary>
    public int Line => Counted().line;

    /// <summary>From 1, in characters.</summary>
    public int Column => Counted().column;

    private TextPosition Counted()
    {
        if (line == 0) (line, column) = map!.Count(offset);
        return this;
    }
}

/// <summary>Turns byte offsets of a UTF-8 text into lines and columns.</summary>
internal sealed class LineMap(ReadOnlyMemory<byte> text)
{
    private List<int>? starts;

    // Places are mostly asked for in the order of the text: counting on from the last one keeps a long line from being counted anew for each.
    private (int Offset, int Line, int Column) last = (0, 0, 0);

    private List<int> Starts => starts ??= FindStarts();

    public TextPosition At(long offset) => new(this, (int)Math.Clamp(offset, 0, text.Length));

    /// <summary>The place that a parser names by line and byte within the line, both from 0.</summary>
    public TextPosition At(long line, long byteInLine) =>
        line >= Starts.Count ? At(text.Length) : At(Starts[(int)line] + byteInLine);

    /// <summary>Line and column of a byte, both from 1.</summary>
    public (int Line, int Column) Count(int offset)
    {
        var line = Starts.BinarySearch(offset);
        if (line < 0) line = ~line - 1;
        var isFurther = last.Line == line && last.Offset <= offset;
        var (from, before) = isFurther ? (last.Offset, last.Column) : (Starts[line], 0);
        last = (offset, line, before + Encoding.UTF8.GetCharCount(text.Span[from..offset]));
        return (line + 1, last.Column + 1);
    }

    private List<int> FindStarts()
    {
        var found = new List<int> { 0 };
        var span = text.Span;
        for (var index = 0; index < span.Length; index++)
        {
            if (span[index] == (byte)'\n') found.Add(index + 1);
        }

        return found;
    }
}
