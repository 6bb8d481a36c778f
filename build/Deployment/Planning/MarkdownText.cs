using System.Text;
using Slipway.Deployment.Reporting;

namespace Slipway.Deployment.Planning;

/// <summary>Writes texts of others into Markdown so that they stay texts, and stops where a comment would be too long. Pure.</summary>
/// <param name="limit">How many characters there may be at the most.</param>
public sealed class MarkdownText(int limit)
{
    private const int LongestLine = 1000;
    private const string Special = "\\`*_{}[]#|~";
    private const string SpecialAtFirst = "+-=";

    private readonly StringBuilder _text = new();

    /// <summary>A line as it is: markup of our own.</summary>
    public void Line(string markup = "") => _text.Append(markup).Append('\n');

    /// <summary>A line for as many of the items as there is room for, and how many are missing.</summary>
    /// <param name="items">Each is kept or left out as a whole.</param>
    /// <param name="markup">The line of an item.</param>
    /// <param name="room">How many characters this part may take.</param>
    /// <param name="continuation">What the line that tells how many are missing begins with.</param>
    /// <param name="whole">Where they all are.</param>
    public void Lines<T>(IReadOnlyList<T> items, Func<T, string> markup, int room, string continuation, string whole = "plan.json")
    {
        var end = Math.Min(_text.Length + room, limit);
        for (var i = 0; i < items.Count; i++)
        {
            var line = markup(items[i]);
            if (_text.Length + line.Length + 1 > end)
            {
                Line(FormattableString.Invariant($"{continuation}… and {items.Count - i} more: {whole} has them all"));
                return;
            }

            Line(line);
        }
    }

    /// <summary>A text in a paragraph or a cell: one line, no markup, no mention, no link.</summary>
    public static string Escape(string text)
    {
        var result = new StringBuilder();
        var isNumber = true;
        foreach (var c in PlainText.Of(text, LongestLine))
        {
            var beginsList = isNumber && (result.Length == 0 ? SpecialAtFirst.Contains(c, StringComparison.Ordinal) : c is '.' or ')');
            isNumber &= char.IsAsciiDigit(c);
            if (c is '<' or '>' or '&' or '@') result.Append(System.Globalization.CultureInfo.InvariantCulture, $"&#{(int)c};");
            else if (beginsList || Special.Contains(c, StringComparison.Ordinal)) result.Append('\\').Append(c);
            else result.Append(c);
        }

        return result.ToString();
    }

    /// <summary>A text inside a fenced block: one line, which cannot end the block.</summary>
    public static string Fenced(string text) => PlainText.Of(text, LongestLine).Replace("```", "`\u200b``", StringComparison.Ordinal);

    /// <inheritdoc />
    public override string ToString() => _text.ToString();
}
