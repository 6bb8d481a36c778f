using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>Rules about where secrets and registry credentials come from.</summary>
internal static class SecretChecks
{
    private const string Allowed = "the ARN of a Secrets Manager secret (with :json-key:version-stage:version-id at its end, or none of the three) "
        + "or of an SSM parameter, or a parameter's name";

    public static TaskDefinitionRule Source { get; } = RuleSource.Secrets.Error("secret-source", "A secret comes from Secrets Manager or the SSM Parameter Store");

    public static TaskDefinitionRule Account { get; } = RuleSource.Secrets.Warning("secret-account", "A secret belongs to the account of the deployment");

    public static IReadOnlyList<TaskDefinitionRule> Rules => [Source, Account];

    public static void Check(CheckRun run, JObject container)
    {
        foreach (var secret in CheckRun.ObjectsOf(container["secrets"])) From(run, secret["valueFrom"]);
        foreach (var secret in CheckRun.ObjectsOf(CheckRun.Inner(container, "logConfiguration", "secretOptions"))) From(run, secret["valueFrom"]);
        From(run, CheckRun.Inner(container, "repositoryCredentials", "credentialsParameter"));
    }

    private static void From(CheckRun run, JToken? source)
    {
        if (CheckRun.TextOf(source) is not { } text) return;
        if (!text.StartsWith("arn:", StringComparison.Ordinal))
        {
            if (!IsName(text)) run.Add(source!, Source, "This names no secret.", Allowed);
            return;
        }

        if (!Arn.TryParse(text, out var arn) || !IsSecret(arn)) run.Add(source!, Source, "This is no secret's ARN.", Allowed);
        else if (run.Context.AccountId is { } account && arn.Account != account)
            run.Add(source!, Account, $"The secret belongs to account {arn.Account}, which must permit it.", $"a secret of account {account}");
        else ArnChecks.Partition(run, source!, arn);
    }

    private static bool IsSecret(Arn arn)
    {
        if (arn.Region.Length == 0 || arn.Account.Length == 0) return false;
        if (arn.Service == "ssm") return arn.Resource.StartsWith("parameter/", StringComparison.Ordinal) && IsName(arn.Resource.AsSpan(10));
        var parts = arn.Resource.Split(':');
        return arn.Service == "secretsmanager" && parts.Length is 2 or 5 && parts[0] == "secret" && IsName(parts[1]);
    }

    private static bool IsName(ReadOnlySpan<char> text) => text.Length is > 0 and <= 1011 && Characters.AreAll(text, c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or '/' or '+' or '=' or '@');
}
