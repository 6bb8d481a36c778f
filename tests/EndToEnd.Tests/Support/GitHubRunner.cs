using System.Text.RegularExpressions;

namespace Slipway.EndToEnd.Tests.Support;

/// <summary>A workflow command as the runner understands it.</summary>
internal sealed record RunnerCommand(string Name, IReadOnlyDictionary<string, string> Properties, string Data);

/// <summary>The environment and the files of a step, as GitHub documents them, and what its runner makes of the step's output.</summary>
internal sealed partial class GitHubRunner : IDisposable
{
    // Those that GitHub documents, and those that its runner still obeys.
    private static readonly string[] Commands =
    [
        "debug", "notice", "warning", "error", "group", "endgroup", "add-mask", "stop-commands", "echo", "add-matcher", "remove-matcher",
        "set-output", "save-state", "set-env", "add-path", "internal-set-repo-path",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("slipway-runner-").FullName;

    public GitHubRunner(string workspace)
    {
        foreach (var file in new[] { "output", "summary", "env", "path" }) File.WriteAllText(PathOf(file), string.Empty);
        File.WriteAllText(PathOf("event.json"), """{ "ref": "refs/heads/main" }""");
        Environment = new Dictionary<string, string?>
        {
            ["CI"] = "true",
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_ACTION"] = "deploy",
            ["GITHUB_ACTOR"] = "octocat",
            ["GITHUB_API_URL"] = "https://api.github.com",
            ["GITHUB_BASE_REF"] = "",
            ["GITHUB_ENV"] = PathOf("env"),
            ["GITHUB_EVENT_NAME"] = "push",
            ["GITHUB_EVENT_PATH"] = PathOf("event.json"),
            ["GITHUB_GRAPHQL_URL"] = "https://api.github.com/graphql",
            ["GITHUB_HEAD_REF"] = "",
            ["GITHUB_JOB"] = "deploy",
            ["GITHUB_OUTPUT"] = PathOf("output"),
            ["GITHUB_PATH"] = PathOf("path"),
            ["GITHUB_REF"] = "refs/heads/main",
            ["GITHUB_REF_NAME"] = "main",
            ["GITHUB_REF_PROTECTED"] = "true",
            ["GITHUB_REF_TYPE"] = "branch",
            ["GITHUB_REPOSITORY"] = "octocat/slipway",
            ["GITHUB_REPOSITORY_ID"] = "1",
            ["GITHUB_REPOSITORY_OWNER"] = "octocat",
            ["GITHUB_RETENTION_DAYS"] = "90",
            ["GITHUB_RUN_ATTEMPT"] = "1",
            ["GITHUB_RUN_ID"] = "1658821493",
            ["GITHUB_RUN_NUMBER"] = "3",
            ["GITHUB_SERVER_URL"] = "https://github.com",
            ["GITHUB_SHA"] = "ffac537e6cbbf934b08745a378932722df287a53",
            ["GITHUB_STEP_SUMMARY"] = PathOf("summary"),
            ["GITHUB_WORKFLOW"] = "CI/CD",
            ["GITHUB_WORKFLOW_REF"] = "octocat/slipway/.github/workflows/ci-cd.yml@refs/heads/main",
            ["GITHUB_WORKFLOW_SHA"] = "ffac537e6cbbf934b08745a378932722df287a53",
            ["GITHUB_WORKSPACE"] = workspace,
            ["RUNNER_ARCH"] = "X64",
            ["RUNNER_ENVIRONMENT"] = "github-hosted",
            ["RUNNER_NAME"] = "Hosted Agent",
            ["RUNNER_OS"] = "Linux",
            ["RUNNER_TEMP"] = _folder,
            ["RUNNER_TOOL_CACHE"] = _folder,
        };
    }

    public Dictionary<string, string?> Environment { get; }

    public string Folder => _folder;

    public string Summary => File.ReadAllText(PathOf("summary"));

    /// <summary>What the step wrote for steps after it besides outputs: variables and folders of PATH.</summary>
    public string Leftovers => File.ReadAllText(PathOf("env")) + File.ReadAllText(PathOf("path"));

    /// <summary>The outputs: <c>name=value</c>, or <c>name&lt;&lt;END</c>, lines, <c>END</c>; the last of a name counts.</summary>
    public IReadOnlyDictionary<string, string> Outputs()
    {
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal);
        using var reader = new StringReader(File.ReadAllText(PathOf("output")));
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0) continue;
            var (equals, heredoc) = (line.IndexOf('=', StringComparison.Ordinal), line.IndexOf("<<", StringComparison.Ordinal));
            if (heredoc > 0 && (equals < 0 || heredoc < equals))
            {
                var lines = new List<string>();
                while (reader.ReadLine() is { } next && next != line[(heredoc + 2)..]) lines.Add(next);
                outputs[line[..heredoc]] = string.Join('\n', lines);
            }
            else
            {
                Assert.That(equals, Is.Positive, $"GitHub refuses the line '{line}'");
                outputs[line[..equals]] = line[(equals + 1)..];
            }
        }

        return outputs;
    }

    /// <summary>The commands in a log, in both notations, whoever wrote them.</summary>
    public static IReadOnlyList<RunnerCommand> CommandsIn(string log) => [.. log.Split('\n').Select(Read).OfType<RunnerCommand>()];

    /// <summary>What a person sees outside of folded groups; the groups must be closed, and never in one another.</summary>
    public static (IReadOnlyList<string> Titles, string Visible) Unfold(string log)
    {
        var (titles, visible, isFolded) = (new List<string>(), new List<string>(), false);
        foreach (var line in log.Split('\n'))
        {
            var command = Read(line);
            if (command?.Name == "group")
            {
                Assert.That(isFolded, Is.False, $"'{command.Data}' begins inside of a group");
                titles.Add(command.Data);
                isFolded = true;
            }
            else if (command?.Name == "endgroup")
            {
                Assert.That(isFolded, Is.True, "a group ends that never began");
                isFolded = false;
            }
            else if (!isFolded)
            {
                visible.Add(line);
            }
        }

        Assert.That(isFolded, Is.False, "the last group is not closed");
        return (titles, string.Join('\n', visible));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static RunnerCommand? Read(string line) => Read(Double.Match(line), ',') ?? Read(Bracketed.Match(line), ';');

    private static RunnerCommand? Read(Match match, char separator) => !match.Success || !Commands.Contains(match.Groups["name"].Value) ? null : new RunnerCommand(
        match.Groups["name"].Value,
        match.Groups["properties"].Value.Split(separator, StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0].Trim(), pair => Unescape(pair[1]).Replace("%3A", ":", StringComparison.Ordinal).Replace("%2C", ",", StringComparison.Ordinal)),
        Unescape(match.Groups["data"].Value));

    private static string Unescape(string text) => text
        .Replace("%0D", "\r", StringComparison.Ordinal).Replace("%0A", "\n", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal);

    private string PathOf(string file) => Path.Combine(_folder, file);

    [GeneratedRegex(@"^\s*::(?<name>[^ :]+)(?<properties> .*?)?::(?<data>.*)$")]
    private static partial Regex Double { get; }

    [GeneratedRegex(@"##\[(?<name>[^ \]]+)(?<properties> [^\]]*)?\](?<data>.*)$")]
    private static partial Regex Bracketed { get; }
}
