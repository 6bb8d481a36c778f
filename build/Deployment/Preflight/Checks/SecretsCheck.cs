using Newtonsoft.Json.Linq;
using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.Preflight.Checks;

/// <summary>Whether the secrets and parameters of the containers are there, as far as SSM can tell.</summary>
internal sealed class SecretsCheck(DeploymentSettings settings, CloudFacts facts, PreflightPorts ports) : ICheck
{
    public string Name => "secrets";

    public async Task<CheckNode> RunAsync(CancellationToken cancellationToken)
    {
        var definition = await facts.Definition.AskAsync(cancellationToken);
        if (!definition.HasValue) return CheckNode.Skip(Name, "because the task definition is not known");
        var sources = definition.Value!.Document.Containers.SelectMany(Sources).Distinct(StringComparer.Ordinal).ToList();
        if (sources.Count == 0) return CheckNode.Ok(Name, "the task definition names none");
        List<CheckNode> nodes = [];
        var asked = sources.Where(source => Place(source) == SecretPlace.Here).ToList();
        if (asked.Count > 0) nodes.AddRange(await ParametersAsync(asked, cancellationToken));
        nodes.AddRange(sources.Where(source => Place(source) != SecretPlace.Here).Select(source => CheckNode.Skip(ShortName(source), Place(source) switch
        {
            SecretPlace.OtherAccount => "is another account's: the first task tells whether the execution role may read it",
            SecretPlace.OtherRegion => "is in another region, which is not asked",
            _ => "is in Secrets Manager, which is not asked: the first task tells",
        })));
        return CheckNode.Group(Name, nodes);
    }

    private async Task<IEnumerable<CheckNode>> ParametersAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var answer = await new Question<IReadOnlyList<string>>(
            "ssm:DescribeParameters", facts.Limit, token => ports.Account.FindMissingParametersAsync([.. names.Select(ParameterName)], token),
            facts.WithoutCallerAsync).AskAsync(cancellationToken);
        if (!answer.HasValue) return [answer.Explain("SSM parameters", isNeeded: false)];
        return names.Select(name => answer.Value!.Contains(ParameterName(name), StringComparer.Ordinal)
            ? CheckNode.Ng(
                ShortName(name), $"The SSM parameter '{ParameterName(name)}' does not exist in region {settings.Region}: no task would start.",
                "create it, or correct 'valueFrom' under 'secrets' in the task definition")
            : CheckNode.Ok(ShortName(name), "is there"));
    }

    private SecretPlace Place(string source)
    {
        if (!Arn.TryParse(source, out var arn)) return SecretPlace.Here;
        if (arn.Service != "ssm") return SecretPlace.SecretsManager;
        if (arn.Region != settings.Region) return SecretPlace.OtherRegion;
        return arn.Account != (facts.Caller.Known?.AccountId ?? settings.AccountId) ? SecretPlace.OtherAccount : SecretPlace.Here;
    }

    // "parameter/name" is the parameter "name"; with slashes in it, its name begins with one, too.
    private static string ParameterName(string source)
    {
        if (!Arn.TryParse(source, out var arn)) return source;
        var name = arn.Resource["parameter/".Length..];
        return name.Contains('/', StringComparison.Ordinal) ? $"/{name}" : name;
    }

    private static string ShortName(string source) => Arn.TryParse(source, out var arn) ? arn.Resource.Split(':') switch
    {
        ["secret", var name, ..] => name,
        _ => arn.Resource,
    }
    : source;

    private static IEnumerable<string> Sources(JObject container) =>
        CheckRun.ObjectsOf(container["secrets"]).Concat(CheckRun.ObjectsOf(CheckRun.Inner(container, "logConfiguration", "secretOptions")))
            .Select(secret => CheckRun.TextOf(secret["valueFrom"]))
            .Append(CheckRun.TextOf(CheckRun.Inner(container, "repositoryCredentials", "credentialsParameter")))
            .OfType<string>().Where(source => source.Length > 0);

    private enum SecretPlace
    {
        Here,
        OtherRegion,
        OtherAccount,
        SecretsManager,
    }
}
