using Slipway.Deployment.Reporting;
using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions.Rendering;

namespace Slipway.Deployment.Bootstrapping;

/// <summary>Bootstrap's work: looks what is missing and says how to make it. Runs nothing and changes nothing.</summary>
/// <param name="settings">What the run was told.</param>
/// <param name="repositoryRoot">Where the task definition is.</param>
/// <param name="ports">The world outside.</param>
/// <param name="variable">Looks up an environment variable of the run.</param>
/// <param name="report">Marks where the task definition is broken.</param>
public sealed class BootstrapAccount(
    DeploymentSettings settings, string repositoryRoot, BootstrapPorts ports, Func<string, string?> variable, IReport report)
{
    /// <summary>What is there, and the commands for what is not.</summary>
    public async Task<BootstrapAdvice> RunAsync(CancellationToken cancellationToken)
    {
        var named = settings.TaskDefinition is TaskDefinitionSource.File file
            ? NamedParts.Of(TaskDefinitionFile.Read(repositoryRoot, file.Path, report))
            : NamedParts.None;
        var parts = await new LookForParts(settings, ports, named).RunAsync(cancellationToken);
        return new BootstrapAdvice(parts, [.. Blocks(named, parts).Where(block => block.Commands.Count > 0)]);
    }

    private IEnumerable<CommandBlock> Blocks(NamedParts named, IReadOnlyList<AccountPart> parts)
    {
        var missing = parts.Where(part => part.Presence == Presence.Missing).ToList();
        var plain = new PlainCommands(settings, named);
        var single = missing.SelectMany(plain.For).ToList();
        if (settings.LocalCloud is not null)
        {
            yield return new CommandBlock("What is missing, on the embedded cloud", single);
            yield break;
        }

        var stack = new StackCommand(settings, parts);
        yield return new CommandBlock(
            "Roles: is each there? (IAM is not asked by this program)",
            [.. parts.Where(part => part.Kind is PartKind.ExecutionRole or PartKind.TaskRole).Select(part => PlainCommands.Role(part.Name))]);
        if (missing.Count > 0)
        {
            yield return new CommandBlock($"What is missing, as a stack{Replace(missing)}", [stack.Service()]);
            yield return new CommandBlock("The same without a stack", single);
        }

        var (owner, repository) = variable("GITHUB_REPOSITORY")?.Split('/') is [var first, var second] ? (first, second) : ("OWNER", "NAME");
        yield return new CommandBlock(
            $"Roles of GitHub's workflow, as a stack (CreateOidcProvider=false where the account has the provider{(owner == "OWNER" ? "; replace OWNER and NAME" : "")})",
            [stack.Roles(owner, repository)]);
        yield return GitHubCommands.Variables(settings);
        yield return GitHubCommands.Roles(settings, stack);
        yield return GitHubCommands.Keys;
    }

    private static string Replace(List<AccountPart> missing) => missing.Exists(part => part.Kind == PartKind.Service)
        ? $" (replace {StackCommand.AnyVpc} and {StackCommand.AnySubnets}; true for the roles that are missing)"
        : string.Empty;
}
