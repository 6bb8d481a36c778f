using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Rollouts;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.OneOffTasks;

/// <summary>RunTask's work: one task of the revision that DeployEcs would deploy, registered where it has to be. The service is not changed.</summary>
public sealed class RunTaskOfRevision(
    DeploymentSettings settings, ArtifactStore store, IServiceDeployer deployer, CallerCheck caller, RenderedRevision revisions, RunOneOffTask tasks)
{
    /// <summary>Runs it.</summary>
    /// <param name="command">The command; null: the container's own, where the settings name a task definition for it.</param>
    /// <param name="cancellationToken">Stops the task.</param>
    public async Task RunAsync(IReadOnlyList<string>? command, CancellationToken cancellationToken)
    {
        if (command is null && settings.OneOffTask.TaskDefinition is null)
        {
            throw new SlipwayException(
                ExitCode.InvalidInput, "RunTask has no command: the container's own one is the service, which does not end.",
                $"give one: --{OneOffTaskOptions.Command.Name}='[\"migrate\"]'");
        }

        var input = RenderedInput.Read(settings, store);
        try
        {
            var who = await caller.CheckAsync(settings.OneOffTask.Timeout, cancellationToken);
            var service = await ServicePreconditions.FindActiveAsync(deployer, settings, cancellationToken);
            var arn = await revisions.FindAsync(input, service, who, cancellationToken) ?? await revisions.RegisterAsync(input, cancellationToken);
            await tasks.RunAsync(service, arn, command, isOnce: false, cancellationToken);
        }
        catch (TransientServiceException failure)
        {
            throw failure.ToFailure();
        }
    }
}
