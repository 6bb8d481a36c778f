using Cake.Frosting;
using Slipway.Build.Hosting;

namespace Slipway.Build.Tasks;

/// <summary>
/// Gets a login to the registry and keeps it in a Docker configuration of its own. In a whole run the login is removed at
/// the end; where this target itself was asked for, it stays until it ends, or until <c>EcrLogout</c> or <c>Clean</c>.
/// </summary>
[TaskName("EcrLogin")]
[TaskDescription("Log in to the registry, apart from the user's own logins.")]
[Reaches(CloudReach.Changes)]
[IsDependentOn(typeof(DockerBuild))]
public sealed class EcrLogin : AsyncFrostingTask<BuildContext>
{
    /// <inheritdoc />
    public override async Task RunAsync(BuildContext context)
    {
        await context.Pipeline.RequireAccountAsync(context.CancellationToken).ConfigureAwait(false);
        context.Pipeline.LoggedInHere = true;
        context.Pipeline.KeepsLogin = context.CommandLine.Targets.Contains(nameof(EcrLogin), StringComparer.OrdinalIgnoreCase);
        await context.Pipeline.Steps.LogIn.RunAsync(context.CancellationToken).ConfigureAwait(false);
    }
}
