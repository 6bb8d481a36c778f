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

/// <summary>Something about a document, at its place.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="File">The document, relative to the repository root.</param>
/// <param name="Line">From 1; null where it is about the document as a whole.</param>
/// <param name="Column">From 1, in characters.</param>
/// <param name="JsonPath">"containerDefinitions[0].image"; null where the document could not be read.</param>
/// <param name="Message">Observed against expected, as a sentence.</param>
/// <param name="Source">The rule's origin: "json", "ecs", "settings".</param>
public sealed record Finding(
    FindingSeverity Severity, string File, int? Line, int? Column, string? JsonPath, string Message, string Source)
{
    /// <summary>"infra/ecs-task-def.json:12:16: containerDefinitions[0].image: …".</summary>
    public override string ToString()
    {
        var place = Line is null ? File : FormattableString.Invariant($"{File}:{Line}:{Column}");
        return string.IsNullOrEmpty(JsonPath) ? $"{place}: {Message}" : $"{place}: {JsonPath}: {Message}";
    }
}
