namespace Slipway.Deployment.Preflight.Checks;

/// <summary>Whether the task definition can be read and rendered.</summary>
internal sealed class DocumentCheck(CloudFacts facts) : ICheck
{
    public string Name => "source";

    public async Task<CheckNode> RunAsync(CancellationToken cancellationToken)
    {
        var answer = await facts.Definition.AskAsync(cancellationToken);
        return answer.HasValue ? CheckNode.Ok(Name, $"'{answer.Value!.Source}' can be rendered") : answer.Explain(Name, isNeeded: true);
    }
}
