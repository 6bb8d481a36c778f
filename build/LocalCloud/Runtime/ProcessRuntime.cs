using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Slipway.LocalCloud.State;

namespace Slipway.LocalCloud.Runtime;

/// <summary>
/// Runs .NET images as plain processes of this machine's dotnet: needs no engine and no privilege, isolates nothing.
/// Each task has an address of its own where loopback has many (Linux), a port of its own elsewhere.
/// </summary>
internal sealed class ProcessRuntime(StateFolder state, TimeProvider time, string note) : ITaskRuntime
{
    public string Name => "process";

    public string Note { get; } = note;

    public Task EndOrphansAsync(CancellationToken cancellationToken) => ProcessOrphans.EndAsync(state, time, cancellationToken);

    public async Task PullAsync(ContainerRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await ImageUnpacker.UnpackAsync(request.Image.Layers, Rootfs(request), cancellationToken);
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new ContainerStartException($"CannotPullContainerError: {error.Message}", error);
        }
    }

    public Task<IRunningContainer> StartAsync(ContainerRequest request, CancellationToken cancellationToken)
    {
        var config = ImageConfig.Parse(request.Image.ConfigJson);
        var root = new RootFolder(Rootfs(request));
        var dotnet = DotnetHost.Find();
        var endPoints = request.Ports.ToDictionary(port => port, port => EndPoint(request.Address, port));
        try
        {
            var workingDirectory = request.WorkingDirectory ?? config.WorkingDirectory;
            var command = DotnetCommand.Of(config.Arguments(request), root, workingDirectory);
            var home = state.Folder("tasks", request.TaskId, request.Name, "home");
            var urls = endPoints.Values.Select(endPoint => $"http://{endPoint}").ToList();
            var variables = ProcessEnvironment.Of(request, config, dotnet, home, urls);
            var folder = root.Resolve(workingDirectory, followLast: true);
            Directory.CreateDirectory(folder);

            ProcessStartInfo Prepare(IReadOnlyList<string> arguments) => StartInfo(dotnet, arguments, folder, variables);
            var process = Process.Start(Prepare(command.Arguments)) ?? throw new InvalidOperationException("No process was started.");
            try
            {
                process.StandardInput.Close();
                if (ProcessIdentity.Of(process.Id) is { } identity) state.Write($"tasks/{request.TaskId}/{request.Name}/{ProcessOrphans.Record}", identity);
                return Task.FromResult<IRunningContainer>(new ProcessContainer(
                    process,
                    request,
                    check => Prepare(DotnetCommand.Of(check, root, workingDirectory).Arguments),
                    port => endPoints.GetValueOrDefault(port),
                    time));
            }
            catch
            {
                Signals.Force(process);
                process.Dispose();
                throw;
            }
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException or InvalidOperationException
            or System.ComponentModel.Win32Exception)
        {
            throw new ContainerStartException($"CannotStartContainerError: {error.Message}", error);
        }
    }

    private string Rootfs(ContainerRequest request) => state.Folder("tasks", request.TaskId, request.Name, "rootfs");

    private static ProcessStartInfo StartInfo(
        string dotnet, IReadOnlyList<string> arguments, string folder, Dictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(dotnet)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment.Clear();
        foreach (var (name, value) in variables) start.Environment[name] = value;
        return start;
    }

    /// <summary>The container's port at the task's own address; where there is only 127.0.0.1, any free port.</summary>
    private static IPEndPoint EndPoint(IPAddress address, int port)
    {
        if (!IPAddress.Loopback.Equals(address)) return new IPEndPoint(address, port);
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)probe.LocalEndPoint!;
    }
}
