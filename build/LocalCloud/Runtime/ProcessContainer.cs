using System.Diagnostics;
using System.Net;

namespace Slipway.LocalCloud.Runtime;

/// <summary>A container of the process runtime: a dotnet process of the task's own.</summary>
internal sealed class ProcessContainer : IRunningContainer
{
    private readonly Process process;
    private readonly Func<IReadOnlyList<string>, ProcessStartInfo> prepareCheck;
    private readonly Func<int, IPEndPoint?> endPointOf;
    private readonly TimeProvider time;

    public ProcessContainer(
        Process process,
        ContainerRequest request,
        Func<IReadOnlyList<string>, ProcessStartInfo> prepareCheck,
        Func<int, IPEndPoint?> endPointOf,
        TimeProvider time)
    {
        this.process = process;
        this.prepareCheck = prepareCheck;
        this.endPointOf = endPointOf;
        this.time = time;
        Completion = CompleteAsync(request);
    }

    public string RuntimeId { get; } = $"{Guid.NewGuid():N}-{Random.Shared.NextInt64(1_000_000_000, 9_999_999_999)}";

    public Task<ContainerEnd> Completion { get; }

    public IPEndPoint? EndPointOf(int containerPort) => endPointOf(containerPort);

    public async Task<bool> CheckAsync(IReadOnlyList<string> command, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var check = new Process { StartInfo = prepareCheck(command) };
        if (!check.Start()) return false;
        check.StandardInput.Close();
        using var limit = new CancellationTokenSource(timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await Task.WhenAll(
                check.StandardOutput.BaseStream.CopyToAsync(Stream.Null, linked.Token),
                check.StandardError.BaseStream.CopyToAsync(Stream.Null, linked.Token),
                check.WaitForExitAsync(linked.Token));
            return check.ExitCode == 0;
        }
        catch (OperationCanceledException)
        {
            Signals.Force(check);
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }

    public async Task StopAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        Signals.Ask(process);
        try
        {
            await Completion.WaitAsync(timeout, time, cancellationToken);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            Signals.Force(process);
            await Completion;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!Completion.IsCompleted) Signals.Force(process);
        await Completion;
        process.Dispose();
    }

    private async Task<ContainerEnd> CompleteAsync(ContainerRequest request)
    {
        // A grandchild that holds the pipe open must not hold up the end of the task.
        var lines = Task.WhenAll(
            LineReader.ReadAsync(process.StandardOutput.BaseStream, request.Output, CancellationToken.None),
            LineReader.ReadAsync(process.StandardError.BaseStream, request.Output, CancellationToken.None));
        var outOfMemory = await MemoryLimit.HoldAsync(process, request.MemoryMiB, time);
        try
        {
            await lines.WaitAsync(TimeSpan.FromSeconds(5), time);
        }
        catch (Exception error) when (error is TimeoutException or IOException or ObjectDisposedException)
        {
            request.Output($"[LocalCloud] the end of this output was lost: {error.Message}");
        }

        return outOfMemory ? ContainerEnd.OutOfMemory : new ContainerEnd(process.ExitCode);
    }
}
