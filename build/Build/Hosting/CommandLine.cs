using Slipway.Deployment;

namespace Slipway.Build.Hosting;

/// <summary>
/// The arguments, split into what Frosting understands and what are settings. Frosting alone accepts anything; here an
/// unknown option, a positional word or an option without its value is refused before a target runs.
/// </summary>
public sealed record CommandLine
{
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["-t"] = "target",
        ["-e"] = "exclusive",
        ["-v"] = "verbosity",
        ["-h"] = "help",
        ["--noop"] = "dryrun",
        ["--whatif"] = "dryrun",
        ["--showtree"] = "tree",
        ["--descriptions"] = "description",
        ["--showdescription"] = "description",
        ["--showdescriptions"] = "description",
        ["--ver"] = "version",
    };

    /// <summary>The targets, in order.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>What goes to Frosting.</summary>
    public IReadOnlyList<string> EngineArguments { get; init; } = [];

    /// <summary>Settings by name without dashes, their values in order; a flag without a value has an empty one.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Values { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Whether the usage is wanted: no arguments, or <c>--help</c>.</summary>
    public bool Help { get; init; }

    /// <summary>Whether only the version is wanted.</summary>
    public bool Version { get; init; }

    /// <summary>Whether nothing of a target's body runs: <c>--dryrun</c>, <c>--tree</c>, <c>--description</c>.</summary>
    public bool ShowsOnly { get; init; }

    /// <summary>Whether only the named targets run, without their dependencies.</summary>
    public bool Exclusive { get; init; }

    /// <summary>Reads the arguments; everything that is wrong with them is in one <see cref="SlipwayException"/>.</summary>
    /// <param name="arguments">As the process got them.</param>
    /// <param name="targets">The names of the targets that exist.</param>
    public static CommandLine Parse(IReadOnlyList<string> arguments, IReadOnlyCollection<string> targets)
    {
        var reader = new CommandLineReader(Aliases);
        reader.Read(arguments);
        reader.CheckTargets(targets);
        if (reader.Problems.Count > 0)
        {
            throw new SlipwayException(
                ExitCode.InvalidInput,
                string.Join(Environment.NewLine, reader.Problems),
                "run ./build.sh without arguments for the targets and options");
        }

        return new CommandLine
        {
            Targets = reader.Targets,
            EngineArguments = reader.EngineArguments,
            Values = reader.Values,
            Help = arguments.Count == 0 || reader.Has("help"),
            Version = reader.Has("version"),
            ShowsOnly = reader.Has("dryrun") || reader.Has("tree") || reader.Has("description"),
            Exclusive = reader.Has("exclusive"),
        };
    }
}
