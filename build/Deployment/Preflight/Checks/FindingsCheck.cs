using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.Preflight.Checks;

/// <summary>A part of what the rules find in the task definition.</summary>
/// <param name="name">A few words.</param>
/// <param name="facts">Has the task definition.</param>
/// <param name="isAbout">Which findings belong to this part.</param>
/// <param name="whenFine">What to say where none is an error; null: nothing to say, as the part is not in the document.</param>
internal sealed class FindingsCheck(
    string name, CloudFacts facts, Func<Finding, bool> isAbout, Func<DefinitionLook, CheckNode> whenFine) : ICheck
{
    public string Name => name;

    public async Task<CheckNode> RunAsync(CancellationToken cancellationToken)
    {
        var answer = await facts.Definition.AskAsync(cancellationToken);
        if (!answer.HasValue) return CheckNode.Skip(Name, "because the task definition is not known");
        var look = answer.Value!;
        var errors = look.Findings.Where(finding => finding.Severity == FindingSeverity.Error && isAbout(finding)).ToList();
        return errors.Count switch
        {
            0 => whenFine(look),
            1 => CheckNode.Ng(Name, errors[0].ToString(), $"correct '{look.Source}'"),
            _ => CheckNode.Group(Name, [.. errors.Select(error => CheckNode.Ng(error.Rule.Id, error.ToString(), $"correct '{look.Source}'"))]),
        };
    }
}
