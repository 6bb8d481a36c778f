namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>Something that a task definition must or should be, with the place that says so.</summary>
/// <param name="Id">Short and stable, for plans and annotations: "fargate-size".</param>
/// <param name="Severity">How bad a breach is.</param>
/// <param name="Title">The rule as one sentence, without the final full stop.</param>
/// <param name="Source">The document and chapter that the rule comes from, in words.</param>
public sealed record TaskDefinitionRule(string Id, FindingSeverity Severity, string Title, string Source)
{
    /// <summary>Whether the JSON Schema in <c>infra/schemas</c> refuses a breach, too, so that an editor shows it.</summary>
    public bool InSchema { get; init; }

    /// <summary>The page of the source; null where it has no stable address.</summary>
    public Uri? Link => Address is null ? null : new Uri(Address);

    /// <summary>The same as text: a run makes every rule, and reads the address of none.</summary>
    internal string? Address { get; init; }
}
