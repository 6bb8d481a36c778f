using System.Globalization;
using System.Text;

namespace Slipway.Build.Output;

/// <summary>
/// Makes a line fit for a log that GitHub's runner reads: the runner obeys "::command::" at the beginning of a line and "##[command]" anywhere in it,
/// whoever wrote it, a container included. Pure.
/// </summary>
internal static class WorkflowText
{
    private const char Mark = '·';

    /// <summary>The line as it is where it says nothing to the runner, else with a visible mark in the command. Characters that are not seen go: the
    /// runner compares by language, which overlooks them.</summary>
    public static string Defuse(string line)
    {
        if (!line.Contains("::", StringComparison.Ordinal) && !line.Contains('#', StringComparison.Ordinal) && line.All(c => c < 0x80)) return line;
        var text = new StringBuilder(line.Length + 1);
        foreach (var rune in line.EnumerateRunes().Where(rune => Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format)) text.Append(rune.ToString());
        text.Replace("##[", $"##{Mark}[");
        var plain = text.ToString();
        var first = plain.AsSpan().IndexOfAnyExcept(Blanks);
        return first >= 0 && plain.AsSpan(first).StartsWith("::") ? plain.Insert(first, Mark.ToString()) : plain;
    }

    private static System.Buffers.SearchValues<char> Blanks { get; } =
        System.Buffers.SearchValues.Create([.. Enumerable.Range(0, 0x3001).Select(i => (char)i).Where(c => char.IsWhiteSpace(c) || char.IsControl(c))]);
}
