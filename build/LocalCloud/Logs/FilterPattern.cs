using System.Text;

namespace Slipway.LocalCloud.Logs;

/// <summary>
/// CloudWatch's pattern for unstructured events: terms that must all be there, "-term" that must not, or alternatives "?term".
/// Where alternatives stand beside other terms, they count for nothing (so CloudWatch documents it). Case matters; quotes hold a phrase together.
/// </summary>
internal sealed record FilterPattern(IReadOnlyList<string> All, IReadOnlyList<string> None, IReadOnlyList<string> Any)
{
    /// <summary>Reads a pattern; a <see cref="FormatException"/> says what LocalCloud does not take.</summary>
    public static FilterPattern Parse(string pattern)
    {
        var text = pattern.Trim();
        if (text.Length > 0 && text[0] is '{' or '[' or '%')
            throw new FormatException("LocalCloud matches plain terms; JSON '{…}', space-delimited '[…]' and regular expression '%…%' patterns are CloudWatch's own.");
        List<string> all = [], none = [], any = [];
        var position = 0;
        while (position < text.Length)
        {
            if (char.IsWhiteSpace(text[position]))
            {
                position++;
                continue;
            }

            var target = text[position] switch { '-' => none, '?' => any, _ => all };
            if (!ReferenceEquals(target, all)) position++;
            target.Add(Term(text, ref position));
        }

        return new FilterPattern(all, none, all.Count + none.Count > 0 ? [] : any);
    }

    public bool Matches(string message) =>
        All.All(term => Has(message, term)) && !None.Any(term => Has(message, term)) && (Any.Count == 0 || Any.Any(term => Has(message, term)));

    private static bool Has(string message, string term) => message.Contains(term, StringComparison.Ordinal);

    private static string Term(string text, ref int position)
    {
        var term = new StringBuilder();
        if (position < text.Length && text[position] == '"')
        {
            for (position++; position < text.Length && text[position] != '"'; position++)
            {
                if (text[position] == '\\' && position + 1 < text.Length) position++;
                term.Append(text[position]);
            }

            if (position >= text.Length) throw new FormatException("Invalid filter pattern: a quotation mark is not closed.");
            position++;
        }
        else
        {
            while (position < text.Length && !char.IsWhiteSpace(text[position])) term.Append(text[position++]);
        }

        return term.Length > 0 ? term.ToString() : throw new FormatException("Invalid filter pattern: a term is empty.");
    }
}
