using Slipway.LocalCloud.Ecs.Model;
using Slipway.LocalCloud.Runtime;

namespace Slipway.LocalCloud.Ecs.Scheduling;

/// <summary>Runs a container's health check again and again.</summary>
internal sealed class ContainerWatch(
    AgentServices services, string taskId, string name, ContainerHealthCheck check, IRunningContainer container, Action<string> output)
{
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(1);

    private bool complained;

    /// <summary>The check's command as an argument list: CMD-SHELL goes through a shell of the image.</summary>
    private readonly IReadOnlyList<string> command = check.Command[0] switch
    {
        "CMD-SHELL" => ["/bin/sh", "-c", string.Join(' ', check.Command.Skip(1))],
        "CMD" => [.. check.Command.Skip(1)],
        _ => check.Command,
    };

    /// <summary>Ends, without an exception, with the task.</summary>
    public async Task RunAsync(long started, CancellationToken cancellationToken)
    {
        var tracker = HealthTracker.Of(check, Quick);
        try
        {
            while (!container.Completion.IsCompleted)
            {
                var passed = await PassesAsync(cancellationToken);
                var elapsed = services.Time.GetElapsedTime(started);
                tracker.Observe(passed, elapsed);
                services.State.Update(taskId, task => task.Containers.Any(one => one.Name == name && one.Health != tracker.Verdict)
                    ? task.With(name, one => one with { Health = tracker.Verdict })
                    : task);
                await Task.Delay(tracker.Delay(elapsed), services.Time, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The task ends.
        }
    }

    private async Task<bool> PassesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await container.CheckAsync(command, check.Timeout, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Where the owner of the container looks: in its own log, and once.
            if (!complained) output($"[LocalCloud] the health check of container {name} cannot run: {error.Message}");
            complained = true;
            return false;
        }
    }
}
