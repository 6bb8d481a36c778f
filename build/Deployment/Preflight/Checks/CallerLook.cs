using Slipway.Deployment.Rollouts;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Preflight.Checks;

/// <summary>Whose the credentials are, and whether the environment is theirs.</summary>
internal sealed class CallerLook(DeploymentSettings settings, CloudFacts facts) : ICheck
{
    public string Name => "caller";

    public async Task<CheckNode> RunAsync(CancellationToken cancellationToken)
    {
        var answer = await facts.Caller.AskAsync(cancellationToken);
        if (!answer.HasValue) return CheckNode.Ng(Name, answer.Refusal!.Message, answer.Refusal.Remedy);
        var caller = answer.Value!;
        if (CallerCheck.OtherAccount(settings, caller) is { } refusal) return CheckNode.Ng(Name, refusal.Message, refusal.Remedy);
        return settings.AccountId is null
            ? CheckNode.Ok(Name, $"'{caller.Arn}' of account {caller.AccountId}") with
            {
                Remedy = $"pin the account, so that no other is ever deployed to: add \"accountId\": \"{caller.AccountId}\" to the environment's file",
            }
            : CheckNode.Ok(Name, $"'{caller.Arn}' of account {caller.AccountId}, as the environment says");
    }
}
