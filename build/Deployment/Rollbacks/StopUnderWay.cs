using Slipway.Deployment.Reporting;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollbacks;

/// <summary>Stops the deployment that is under way, and finds the one with which ECS goes back.</summary>
internal sealed class StopUnderWay(IServiceDeployer deployer, IReport report, TimeProvider time)
{
    internal static readonly TimeSpan Appearance = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Stops it, and returns the service as it is once its primary deployment is another one; where ECS begins none, a <see cref="SlipwayException"/>.</summary>
    public async Task<ServiceState> RunAsync(
        ServiceState service, DeploymentState stopped, ServiceDeploymentState underWay, CancellationToken cancellationToken)
    {
        var begin = time.GetTimestamp();
        await deployer.StopServiceDeploymentAsync(underWay.Arn, rollback: true, cancellationToken);
        report.Fact($"Stopped deployment '{stopped.Id}' of '{ResourceName.Of(stopped.TaskDefinitionArn)}': ECS rolls it back.");
        while (time.GetElapsedTime(begin) < Appearance)
        {
            if (await LookAsync(service, cancellationToken) is { Primary: { } primary } now && primary.Id != stopped.Id)
            {
                report.Fact($"Deployment '{primary.Id}' goes back to '{ResourceName.Of(primary.TaskDefinitionArn)}'.");
                return now;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }

        throw new SlipwayException(
            ExitCode.TimedOut,
            FormattableString.Invariant($"ECS was told to roll back deployment '{stopped.Id}' and has begun no other one within {Appearance.TotalSeconds:0} s."),
            "look at the service's deployments with --target=Status");
    }

    private async Task<ServiceState?> LookAsync(ServiceState service, CancellationToken cancellationToken)
    {
        try
        {
            return await deployer.FindServiceAsync(service.Cluster, service.Name, cancellationToken);
        }
        catch (TransientServiceException failure)
        {
            report.Detail($"{failure.Message}. Looking again later.");
            return null;
        }
    }
}
