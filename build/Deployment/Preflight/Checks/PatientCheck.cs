namespace Slipway.Deployment.Preflight.Checks;

/// <summary>Whether a question has an answer; a failure that may pass by itself is left to the step that asks it again.</summary>
internal sealed class PatientCheck<T>(string name, Question<T> question) : ICheck
{
    public string Name => name;

    public async Task<CheckNode> RunAsync(CancellationToken cancellationToken)
    {
        var answer = await question.AskAsync(cancellationToken);
        return answer.HasValue ? CheckNode.Ok(Name, "is there")
            : answer.Refusal is { IsPassing: true } passing ? CheckNode.Skip(Name, passing.Message)
            : answer.Explain(Name, isNeeded: true);
    }
}
