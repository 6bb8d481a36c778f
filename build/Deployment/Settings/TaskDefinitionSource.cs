using System.Text.RegularExpressions;

namespace Slipway.Deployment.Settings;

/// <summary>What a deployment's task definition is made of.</summary>
public abstract partial record TaskDefinitionSource
{
    /// <summary>How the live revision is written.</summary>
    public const string LiveWord = "live";

    private TaskDefinitionSource()
    {
    }

    /// <summary>The source as it is written in a setting.</summary>
    public abstract string Text { get; }

    /// <summary>"file", "live" or "revision".</summary>
    public abstract string Kind { get; }

    /// <inheritdoc />
    public sealed override string ToString() => Text;

    /// <summary>"family:42", or an ARN with its revision; null for anything else.</summary>
    internal static Match? MatchRevision(string text) =>
        text.Length <= 512 && RevisionPattern().Match(text) is { Success: true } match ? match : null;

    // Source: the ECS API reference, DescribeTaskDefinition and TaskDefinition.family.
    [GeneratedRegex(
        @"\A(?:arn:aws[a-z-]*:ecs:(?<region>[a-z0-9-]+):(?<account>[0-9]{12}):task-definition/)?(?<name>[A-Za-z0-9_-]{1,255}:[1-9][0-9]{0,9})\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex RevisionPattern();

    /// <summary>A file of the repository.</summary>
    /// <param name="Path">Relative to the repository root.</param>
    public sealed record File(string Path) : TaskDefinitionSource
    {
        /// <inheritdoc />
        public override string Text => Path;

        /// <inheritdoc />
        public override string Kind => "file";
    }

    /// <summary>The revision that the service has now: the base of the next one.</summary>
    public sealed record Live : TaskDefinitionSource
    {
        /// <inheritdoc />
        public override string Text => LiveWord;

        /// <inheritdoc />
        public override string Kind => "live";
    }

    /// <summary>An existing revision, deployed as it is.</summary>
    /// <param name="Name">"family:42", or its ARN.</param>
    public sealed record Revision(string Name) : TaskDefinitionSource
    {
        /// <inheritdoc />
        public override string Text => Name;

        /// <inheritdoc />
        public override string Kind => "revision";
    }
}
