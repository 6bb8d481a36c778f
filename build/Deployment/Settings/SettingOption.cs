namespace Slipway.Deployment.Settings;

/// <summary>What an option's value looks like.</summary>
public enum OptionKind
{
    /// <summary>One line of text.</summary>
    Text,

    /// <summary>Given or not: <c>--rebuild</c>, <c>--rebuild=false</c>.</summary>
    Flag,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A number with units: "90s", "20m", "1h30m".</summary>
    Duration,

    /// <summary>A file or folder, relative to the repository root.</summary>
    Path,

    /// <summary>Several paths: an array in a file, comma separated or repeated elsewhere.</summary>
    PathList,

    /// <summary>One of <see cref="SettingOption.Choices"/>.</summary>
    Choice,

    /// <summary>Several names: a string or an array in a file, comma separated or repeated elsewhere.</summary>
    NameList,

    /// <summary>Values by name: an object in a file, <c>NAME=value</c> on the command line, repeated for several.</summary>
    Map,

    /// <summary>A command and its arguments: an array in a file, the text of a JSON array elsewhere. Never split at blanks.</summary>
    ArgumentList,
}

/// <summary>One row of the table of options: where a value may come from and what it may be.</summary>
/// <param name="Name">The option's name without dashes: "image-tag".</param>
/// <param name="Kind">What its value looks like.</param>
/// <param name="Description">One sentence for the help, without the final full stop.</param>
public sealed record SettingOption(string Name, OptionKind Kind, string Description)
{
    /// <summary>The environment variables, the first one that is set and not empty counts.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];

    /// <summary>The member of <c>infra/environments/*.json</c>, "localCloud.port" for a nested one; null where a file cannot set
    /// it.</summary>
    public string? JsonMember { get; init; }

    /// <summary>The default, as it would be typed; null where there is none or where it depends on other settings.</summary>
    public string? Default { get; init; }

    /// <summary>The values of a <see cref="OptionKind.Choice"/>, and of a <see cref="OptionKind.NameList"/> that takes these only.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The least value of a <see cref="OptionKind.Number"/>.</summary>
    public int Least { get; init; }

    /// <summary>The greatest value of a <see cref="OptionKind.Number"/>.</summary>
    public int Most { get; init; } = int.MaxValue;

    /// <summary>The option that removes an entry of a <see cref="OptionKind.Map"/>, as null does in a file; null where entries only replace.</summary>
    public SettingOption? Removal { get; init; }

    /// <summary>Whether a run cannot do without it.</summary>
    public bool Required { get; init; }

    /// <summary>Whether it is a switch of one target, not a setting of the deployment.</summary>
    public bool IsSwitch { get; init; }
}
