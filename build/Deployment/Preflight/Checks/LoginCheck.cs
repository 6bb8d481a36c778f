namespace Slipway.Deployment.Preflight.Checks;

/// <summary>Whether the registry hands out a login.</summary>
internal sealed class LoginCheck(CloudFacts facts, TimeProvider time) : ICheck
{
    public string Name => "login";

    public async Task<CheckNode> RunAsync(CancellationToken cancellationToken)
    {
        var answer = await facts.Login.AskAsync(cancellationToken);
        if (!answer.HasValue) return answer.Explain(Name, isNeeded: true);
        var left = answer.Value!.ExpiresAt - time.GetUtcNow();
        return CheckNode.Ok(Name, FormattableString.Invariant($"a token for '{answer.Value.Endpoint}', good for {left.TotalHours:0.#} h"));
    }
}
