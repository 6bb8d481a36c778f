namespace Slipway.Build.Output;

/// <summary>Breaks lines at blanks.</summary>
internal static class TextWrap
{
    private const string Continuation = "    ";

    /// <summary>Lines of at most <paramref name="width"/> characters; a word longer than that stays whole.</summary>
    public static IEnumerable<string> Wrap(string line, int width)
    {
        while (line.Length > width)
        {
            var indentation = line.Length - line.TrimStart().Length;
            var at = line.LastIndexOf(' ', width);
            if (at <= indentation) at = line.IndexOf(' ', width);
            if (at <= indentation) break;
            yield return line[..at].TrimEnd();
            line = new string(' ', indentation) + (indentation == 0 ? Continuation : string.Empty) + line[at..].TrimStart();
            if (indentation == 0 && line.Length <= Continuation.Length) yield break;
        }

        yield return line;
    }
}
