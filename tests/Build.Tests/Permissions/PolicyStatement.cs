using System.Text.RegularExpressions;

namespace Slipway.Build.Tests.Permissions;

/// <summary>One statement of a policy in a template, with the comment above it.</summary>
/// <param name="Resource">The template's resource that holds it.</param>
/// <param name="Sid">Its name.</param>
/// <param name="Comment">What the lines above say.</param>
/// <param name="Body">Its own lines, as far to the left as they go.</param>
internal sealed partial record PolicyStatement(string Resource, string Sid, string Comment, string Body)
{
    /// <summary>"ecs:UpdateService".</summary>
    public IReadOnlyList<string> Actions { get; } = [.. ActionPattern().Matches(ActionPart().Match(Body).Value).Select(match => match.Value)];

    /// <summary>The targets that the comment's first sentence names.</summary>
    public IReadOnlyList<string> Targets { get; } =
    [
        .. TargetSentence().Match(Comment).Groups[1].Value
            .Split([",", ";", " and "], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split(' ')[0]),
    ];

    /// <summary>Every statement that allows the caller something, in the order of the template.</summary>
    public static IReadOnlyList<PolicyStatement> ReadAll(IEnumerable<string> template)
    {
        var found = new List<PolicyStatement>();
        var (resource, comment) = ("", new List<string>());
        var lines = template.ToList();
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            var text = line.TrimStart();
            if (ResourceLine().Match(line) is { Success: true } header) resource = header.Groups[1].Value;
            if (text.StartsWith("# ", StringComparison.Ordinal)) comment.Add(text[2..]);
            if (text.StartsWith("- Sid: ", StringComparison.Ordinal))
            {
                var indent = line.Length - text.Length;
                var body = lines.Skip(i + 1).TakeWhile(next => next.Length - next.TrimStart().Length > indent && !next.TrimStart().StartsWith('#'));
                var statement = new PolicyStatement(
                    resource, text[7..], string.Join(' ', comment), string.Join('\n', body.Select(next => next[indent..])));
                if (!statement.Body.Contains("Principal:", StringComparison.Ordinal)) found.Add(statement);
            }

            if (!text.StartsWith('#')) comment.Clear();
        }

        return found;
    }

    [GeneratedRegex(@"^  (\w+):$")]
    private static partial Regex ResourceLine();

    [GeneratedRegex(@"Action:[\s\S]*?(?=\n\s*Resource)")]
    private static partial Regex ActionPart();

    [GeneratedRegex(@"\b[a-z0-9]+:[A-Z]\w+")]
    private static partial Regex ActionPattern();

    [GeneratedRegex(@"^Targets: (.*?)\.(?: |$)")]
    private static partial Regex TargetSentence();
}
