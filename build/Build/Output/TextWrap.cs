namespace Slipway.Build.Output;

/// <summary>Breaks lines at blanks.</summary>
internal static class TextWrap
{
    private const string Continuation = "    ";

    /// <summary>Lines of at most <paramref name="width"/> characters; a word longer than that stays whole.</summary>
    /// <param name="line">One line, its indentation included.</param>
    /// <param name="width">How many characters fit.</param>
    /// <param name="continuation">What further lines of a line without indentation begin with.</param>
    public static IEnumerable<string> Wrap(string line, int width, string continuation = Continuation)
    {
        while (line.Length > width)
        {
            var indentation = line.Length - line.TrimStart().Length;
            var at = line.LastIndexOf(' ', width);
            if (at <= indentation) at = line.IndexOf(' ', width);
            if (at <= indentation) break;
            yield return line[..at].TrimEnd();
            line = new string(' ', indentation) + (indentation == 0 ? continuation : string.Empty) + line[at..].TrimStart();
            if (indentation == 0 && line.Length <= continuation.Length) yield break;
        }

        yield return line;
    }
}
