using System.Globalization;
using System.Net;

namespace Slipway.LocalCloud.Runtime;

/// <summary>A container of the engine.</summary>
internal sealed class EngineContainer : IRunningContainer
{
    private static readonly TimeSpan EndOfOutput = TimeSpan.FromSeconds(5);

    private readonly DockerCli docker;
    private readonly IReadOnlyDictionary<int, IPEndPoint> endPoints;
    private readonly TimeProvider time;

    public EngineContainer(
        DockerCli docker, string id, IReadOnlyDictionary<int, IPEndPoint> endPoints, Action<string> output, TimeProvider time)
    {
        this.docker = docker;
        this.endPoints = endPoints;
        this.time = time;
        RuntimeId = id;
        Completion = CompleteAsync(output);
    }

    public string RuntimeId { get; }

    public Task<ContainerEnd> Completion { get; }

    public IPEndPoint? EndPointOf(int containerPort) => endPoints.GetValueOrDefault(containerPort);

    public async Task<bool> CheckAsync(IReadOnlyList<string> command, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return (await docker.RunAsync(["exec", RuntimeId, .. command], linked.Token)).IsGood;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    public async Task StopAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var seconds = ((int)Math.Ceiling(timeout.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        try
        {
            await docker.RunAsync(["stop", "--time", seconds, RuntimeId], cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await docker.RunAsync(["kill", RuntimeId], CancellationToken.None);
        }

        await Completion;
    }

    public async ValueTask DisposeAsync()
    {
        await docker.RunAsync(["rm", "--force", "--volumes", RuntimeId], CancellationToken.None);
        await Completion;
    }

    private async Task<ContainerEnd> CompleteAsync(Action<string> output)
    {
        using var logs = docker.Start(["logs", "--follow", RuntimeId]);
        var lines = Task.WhenAll(
            LineReader.ReadAsync(logs.StandardOutput.BaseStream, output, CancellationToken.None),
            LineReader.ReadAsync(logs.StandardError.BaseStream, output, CancellationToken.None));
        var answer = await docker.RunAsync(["wait", RuntimeId], CancellationToken.None);
        try
        {
            await lines.WaitAsync(EndOfOutput, time);
        }
        catch (TimeoutException)
        {
            Signals.Force(logs);
        }

        var killed = await docker.RunAsync(["inspect", "--format", "{{.State.OOMKilled}}", RuntimeId], CancellationToken.None);
        if (killed.IsGood && killed.Output.Trim() == "true") return ContainerEnd.OutOfMemory;

        // The engine went away, or somebody removed the container: to ECS it was killed.
        return new ContainerEnd(answer.IsGood && int.TryParse(answer.Output.Trim(), CultureInfo.InvariantCulture, out var code) ? code : 137);
    }
}
