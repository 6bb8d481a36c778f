namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>How bad a finding is.</summary>
public enum FindingSeverity
{
    /// <summary>Worth knowing; the work goes on.</summary>
    Note,

    /// <summary>Probably wrong; the work goes on.</summary>
    Warning,

    /// <summary>Wrong: the document is refused.</summary>
    Error,
}

/// <summary>A breach of a rule, at its place.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="File">The document, relative to the repository root; or the setting that wrote the value: "--env".</param>
/// <param name="Line">From 1; null where the place is not a file's.</param>
/// <param name="Column">From 1, in characters.</param>
/// <param name="JsonPath">"containerDefinitions[0].image"; null where the document could not be read.</param>
/// <param name="Problem">What is wrong, as a sentence with its full stop.</param>
/// <param name="Found">What stands there, short and never a secret; null for something that is missing.</param>
/// <param name="Allowed">What may stand there, without a full stop.</param>
public sealed record Finding(
    TaskDefinitionRule Rule, string File, int? Line, int? Column, string? JsonPath, string Problem, string? Found, string Allowed)
{
    /// <summary>How bad it is.</summary>
    public FindingSeverity Severity => Rule.Severity;

    /// <summary>Where the rule comes from.</summary>
    public string Source => Rule.Source;

    /// <summary>The finding without its place: "Fargate does not offer this size. Found "768"; allowed: 512, 1024 or 2048 MiB."</summary>
    public string Message => Found is null ? $"{Problem} Allowed: {Allowed}." : $"{Problem} Found {Found}; allowed: {Allowed}.";

    /// <summary>One line: "infra/ecs-task-def.json:8:13: memory: Fargate does not offer this size. … [fargate-size: …]".</summary>
    public override string ToString()
    {
        var place = Line is null ? File : FormattableString.Invariant($"{File}:{Line}:{Column}");
        var path = string.IsNullOrEmpty(JsonPath) ? string.Empty : $"{JsonPath}: ";
        return $"{place}: {path}{Message} [{Rule.Id}: {Rule.Source}]";
    }
}
