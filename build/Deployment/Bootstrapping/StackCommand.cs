using System.Globalization;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Bootstrapping;

/// <summary>The commands that make stacks of the templates in infra/. Pure.</summary>
internal sealed class StackCommand(DeploymentSettings settings, IReadOnlyList<AccountPart> parts)
{
    /// <summary>What nobody but the reader knows.</summary>
    public const string AnyVpc = "vpc-YOURS";

    /// <inheritdoc cref="AnyVpc" />
    public const string AnySubnets = "subnet-YOURS,subnet-ANOTHER";

    private const int DefaultPort = 8000;

    /// <summary>The stack of infra/service.yaml; each part that is not missing is left out, also where that is not known.</summary>
    public string Service()
    {
        var isNew = IsMissing(PartKind.Service);
        List<(string Name, string Value)> parameters =
        [
            ("CreateRepository", Flag(IsMissing(PartKind.Repository))),
            ("CreateLogGroup", Flag(IsMissing(PartKind.LogGroup))),
            ("CreateCluster", Flag(IsMissing(PartKind.Cluster))),
            ("CreateTaskDefinition", Flag(IsMissing(PartKind.Family))),
            ("CreateService", Flag(isNew)),
            ("CreateSecurityGroup", Flag(isNew)),
            // Not asked for: those of a new cluster are new as a rule, and a stack refuses a role that exists.
            ("CreateExecutionRole", Flag(IsMissing(PartKind.Cluster) && Name(PartKind.ExecutionRole) is not null)),
            ("CreateTaskRole", Flag(IsMissing(PartKind.Cluster) && Name(PartKind.TaskRole) is not null)),
            .. Names(),
        ];
        if (isNew)
        {
            parameters.Add(("VpcId", AnyVpc));
            parameters.Add(("SubnetIds", AnySubnets));
            parameters.Add(("ContainerPort", (settings.ContainerPort ?? DefaultPort).ToString(CultureInfo.InvariantCulture)));
        }

        return Deploy("infra/service.yaml", settings.Service, parameters);
    }

    /// <summary>The stack of infra/github-deploy.yaml.</summary>
    /// <param name="owner">The owner on GitHub.</param>
    /// <param name="repository">The repository's name there.</param>
    public string Roles(string owner, string repository) => Deploy(
        "infra/github-deploy.yaml", RolesStack,
        [("GitHubOwner", owner), ("GitHubRepository", repository), ("GitHubEnvironment", settings.Environment), .. Names()]);

    /// <summary>A shell's word for an output of the roles' stack.</summary>
    public string RolesOutput(string name) => "\"$(" + ShellText.Command(
        "aws", "cloudformation", "describe-stacks", "--region", settings.Region, "--stack-name", RolesStack,
        "--query", $"Stacks[0].Outputs[?OutputKey=='{name}'].OutputValue", "--output", "text") + ")\"";

    private string RolesStack => $"{settings.Service}-github";

    private string Deploy(string template, string stack, IEnumerable<(string Name, string Value)> parameters) => ShellText.Command(
    [
        "aws", "cloudformation", "deploy", "--region", settings.Region, "--stack-name", stack, "--template-file", template,
        "--capabilities", "CAPABILITY_NAMED_IAM", "--parameter-overrides", .. parameters.Select(parameter => $"{parameter.Name}={parameter.Value}"),
    ]);

    /// <summary>What both templates call the parts.</summary>
    private IEnumerable<(string Name, string Value)> Names()
    {
        yield return ("RepositoryName", settings.Repository);
        yield return ("ClusterName", ResourceName.Of(settings.Cluster));
        yield return ("ServiceName", settings.Service);
        if (Name(PartKind.LogGroup) is { } group) yield return ("LogGroupName", group);
        if (Name(PartKind.Family) is { } family) yield return ("FamilyName", family);
        if (Name(PartKind.ExecutionRole) is { } execution) yield return ("ExecutionRoleName", execution);
        if (Name(PartKind.TaskRole) is { } task) yield return ("TaskRoleName", task);
    }

    private bool IsMissing(PartKind kind) => parts.Any(part => part.Kind == kind && part.Presence == Presence.Missing);

    private string? Name(PartKind kind) => parts.FirstOrDefault(part => part.Kind == kind)?.Name;

    private static string Flag(bool value) => value ? "true" : "false";
}
