using Slipway.Deployment.Settings.Access;

namespace Slipway.Deployment.Settings;

/// <summary>Everything that settings are read from, so that reading them is a pure function.</summary>
public sealed record SettingsSources
{
    /// <summary>The command line's options without dashes, with their values in order; a flag without a value has an empty one. Names
    /// compare without case.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> CommandLine { get; init; }

    /// <summary>Looks up an environment variable.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>The files in <c>infra/environments</c>.</summary>
    public required IEnvironmentFiles Files { get; init; }

    /// <summary>The target that runs, for the commands that messages print.</summary>
    public string Target { get; init; } = "Deploy";

    /// <summary>Whether the target touches a cloud, so that a pipeline must name the environment.</summary>
    public bool NeedsEnvironment { get; init; } = true;

    /// <summary>This machine's own platform in Docker's notation, the default of an embedded cloud.</summary>
    public string MachinePlatform { get; init; } = "linux/amd64";

    /// <summary>A variable without what was pasted around its value; null where it is not set, or blank and AWS's.</summary>
    internal string? Meant(string name) => AwsVariables.Meant(name, Variable(name));

    /// <summary>Whether this is a pipeline: <c>CI</c> is set, and not to "false" or "0".</summary>
    internal bool IsPipeline => Variable("CI")?.Trim().ToUpperInvariant() is not (null or "" or "FALSE" or "0");
}

/// <summary>The files that describe environments.</summary>
public interface IEnvironmentFiles
{
    /// <summary>The names of the environments that have a file, sorted.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>The file of a name, relative to the repository root: "infra/environments/local.json".</summary>
    string PathOf(string name);

    /// <summary>The text of an existing file; one that cannot be read is a <see cref="SlipwayException"/>.</summary>
    string Read(string name);
}
