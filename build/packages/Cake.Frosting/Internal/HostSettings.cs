using System.ComponentModel;
using Cake.Cli;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Spectre.Console.Cli;

namespace Cake.Frosting.Internal;

/// <summary>The options that belong to the host. Every other option is an argument of the build.</summary>
internal sealed class HostSettings : CommandSettings
{
    [CommandOption("-t|--target|--Target <TARGET>")]
    [Description("The task to run; may be repeated. Default: Default")]
    public string[]? Targets { get; init; }

    [CommandOption("-e|--exclusive")]
    [Description("Runs the target without its dependencies")]
    public bool Exclusive { get; init; }

    [CommandOption("--dryrun|--noop|--whatif")]
    [Description("Shows what would run, and runs no task")]
    public bool DryRun { get; init; }

    [CommandOption("--tree|--showtree")]
    [Description("Shows the tasks as a tree of dependencies")]
    public bool Tree { get; init; }

    [CommandOption("--description|--descriptions|--showdescription|--showdescriptions")]
    [Description("Shows the tasks with their descriptions")]
    public bool Description { get; init; }

    [CommandOption("-v|--verbosity <VERBOSITY>")]
    [TypeConverter(typeof(VerbosityConverter))]
    [Description("How much to say: quiet, minimal, normal, verbose or diagnostic")]
    public Verbosity? Verbosity { get; init; }

    [CommandOption("-w|--working <PATH>")]
    [TypeConverter(typeof(Cli.DirectoryPathConverter))]
    [Description("The working directory")]
    public DirectoryPath? WorkingDirectory { get; init; }

    [CommandOption("--version|--ver")]
    [Description("Shows the version of the engine")]
    public bool Version { get; init; }

    [CommandOption("--info")]
    [Description("Shows details about the engine")]
    public bool Info { get; init; }

    public IReadOnlyList<string> TargetsOrDefault => Targets is { Length: > 0 } targets ? targets : ["Default"];
}
