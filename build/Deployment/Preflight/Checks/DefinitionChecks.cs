using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.Preflight.Checks;

/// <summary>The parts of a task definition that people ask about, and the rest.</summary>
internal static class DefinitionChecks
{
    public static IReadOnlyList<ICheck> All(DeploymentSettings settings, CloudFacts facts) =>
    [
        new DocumentCheck(facts),
        new FamilyCheck(settings, facts),
        new FindingsCheck("document", facts, IsOther, Document),
        new FindingsCheck("size", facts, IsSize, Size),
        new FindingsCheck("port", facts, IsPort, look => Port(look, settings.ContainerPort)),
        new FindingsCheck("roles", facts, IsRole, Roles),
    ];

    private static bool IsSize(Finding finding) => SizeChecks.Rules.Contains(finding.Rule);

    private static bool IsPort(Finding finding) => PortChecks.Rules.Contains(finding.Rule) || ServicePortChecks.Rules.Contains(finding.Rule);

    private static bool IsRole(Finding finding) => RoleChecks.Rules.Contains(finding.Rule);

    private static bool IsOther(Finding finding) => !IsSize(finding) && !IsPort(finding) && !IsRole(finding);

    private static CheckNode Document(DefinitionLook look)
    {
        var warnings = look.Findings.Count(finding => finding.Severity == FindingSeverity.Warning);
        return CheckNode.Ok("document", warnings switch
        {
            0 => "the rules find nothing",
            1 => "the rules find nothing that is wrong, and warn of one thing (below)",
            _ => FormattableString.Invariant($"the rules find nothing that is wrong, and warn of {warnings} things (below)"),
        });
    }

    private static CheckNode Size(DefinitionLook look) =>
        CheckNode.Ok("size", $"cpu {Text(look, "cpu")}, memory {Text(look, "memory")}{(look.IsFargate ? ", which Fargate offers" : "")}");

    private static CheckNode Port(DefinitionLook look, int? wanted)
    {
        var ports = look.Document.Containers.SelectMany(container => CheckRun.ObjectsOf(container["portMappings"]))
            .Select(mapping => CheckRun.NumberOf(mapping["containerPort"])).OfType<int>().ToList();
        return ports.Count == 0
            ? CheckNode.Skip("port", "no container maps a port")
            : CheckNode.Ok("port", FormattableString.Invariant($"{string.Join(", ", ports)} {(ports.Count == 1 ? "is" : "are")} mapped")
                + (wanted is null ? "; the setting 'container-port' does not say which one must be" : ", as settings and load balancer want it"));
    }

    private static CheckNode Roles(DefinitionLook look)
    {
        string[] names = ["executionRoleArn", "taskRoleArn"];
        var roles = names.Select(name => CheckRun.TextOf(look.Document.Root[name])).OfType<string>().Select(ResourceName.Of).ToList();
        return roles.Count == 0
            ? CheckNode.Skip("roles", "the task definition names none")
            : CheckNode.Group("roles",
            [
                CheckNode.Ok("ARN", $"{string.Join(", ", roles.Distinct().Select(role => $"'{role}'"))}: form and account are right"),
                CheckNode.Skip("policies", "IAM is not asked: whether the roles exist, and what they may, the first task tells"),
            ]);
    }

    private static string Text(DefinitionLook look, string member) => CheckRun.TextOf(look.Document.Root[member]) ?? "of the containers";
}
