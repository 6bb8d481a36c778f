using System.Text;

namespace Slipway.Deployment.Reporting;

/// <summary>Makes text from elsewhere fit to show: one line, no control characters, not endless.</summary>
public static class PlainText
{
    /// <summary>The text without line breaks, escape sequences and other control characters, cut at <paramref name="maxLength"/>.</summary>
    public static string Of(string text, int maxLength = 2000)
    {
        var result = new StringBuilder(Math.Min(text.Length, maxLength));
        foreach (var rune in text.EnumerateRunes())
        {
            if (result.Length + rune.Utf16SequenceLength > maxLength) return result.Append('…').ToString();
            var isInvisible = Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.Format;
            if (!isInvisible) result.Append(rune.ToString());
            else if (rune.Value is '\n' or '\t' && result is { Length: > 0 } && result[^1] != ' ') result.Append(' ');
        }

        return result.ToString().TrimEnd();
    }
}
