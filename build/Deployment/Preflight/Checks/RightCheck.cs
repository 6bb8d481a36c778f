namespace Slipway.Deployment.Preflight.Checks;

/// <summary>A right of the caller, proved by a question that a deployment, or nobody, asks anyway.</summary>
/// <param name="question">The question that proves it.</param>
/// <param name="isNeeded">Whether a deployment cannot do without it.</param>
internal sealed class RightCheck<T>(Question<T> question, bool isNeeded) : ICheck
{
    public string Name => question.Right;

    public async Task<CheckNode> RunAsync(CancellationToken cancellationToken)
    {
        var answer = await question.AskAsync(cancellationToken);
        return answer switch
        {
            { Because: { } because } => CheckNode.Skip(Name, $"because {because}"),
            { Refusal.IsNotOffered: true } => CheckNode.Skip(Name, "the endpoint does not offer this operation"),
            { Refusal.Denial: { } denial } => new CheckNode(
                Name, isNeeded ? CheckState.Ng : CheckState.Skip, $"The caller lacks {Name}: {denial.Why}.", denial.Remedy(Name)),
            { Refusal: { IsPassing: true } refusal } => CheckNode.Skip(Name, $"could not be asked: {refusal.Message}", refusal.Remedy),

            // "Not found" is an answer, too: IAM had let the request through.
            _ => CheckNode.Ok(Name, "allowed"),
        };
    }
}
