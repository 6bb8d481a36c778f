using System.Globalization;
using System.Net;
using System.Text;
using Slipway.LocalCloud.Hosting;
using Slipway.LocalCloud.State;

namespace Slipway.LocalCloud.Runtime;

/// <summary>Runs images as containers of a Docker engine, pulled from this cloud's registry.</summary>
internal sealed class EngineRuntime(DockerCli docker, DockerEngine? engine, StateFolder state, Instance instance, TimeProvider time, string note)
    : ITaskRuntime
{
    private const string Label = "slipway.local-cloud";

    public string Name => "engine";

    public string Note { get; } = note;

    public async Task EndOrphansAsync(CancellationToken cancellationToken)
    {
        // The engine may have come up since: then the instance before ran processes.
        await ProcessOrphans.EndAsync(state, time, cancellationToken);
        var found = await docker.RunAsync(["ps", "--all", "--quiet", "--filter", $"label={Label}={instance.Id}"], cancellationToken);
        var ids = found.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (ids.Length == 0) return;
        await docker.RunAsync(["stop", "--time", "5", .. ids], cancellationToken);
        await docker.RunAsync(["rm", "--force", .. ids], cancellationToken);
    }

    public async Task PullAsync(ContainerRequest request, CancellationToken cancellationToken)
    {
        try
        {
            docker.Login();
            var answer = await docker.RunAsync(["pull", "--quiet", request.Image.Reference], cancellationToken);
            if (!answer.IsGood)
                throw new ContainerStartException($"CannotPullContainerError: pull image manifest has been retried 1 time(s): {answer.Complaint}");
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new ContainerStartException($"CannotPullContainerError: the Docker CLI cannot be started: {error.Message}", error);
        }
    }

    public async Task<IRunningContainer> StartAsync(ContainerRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var name = $"slipway-{request.TaskId}-{request.Name}";
        var file = Path.Combine(state.Folder("tasks", request.TaskId, request.Name), "environment");
        var lines = new StringBuilder();
        foreach (var (variable, value) in request.Environment.Where(pair => !IsMultiLine(pair.Value)))
            lines.Append(CultureInfo.InvariantCulture, $"{variable}={value}\n");
        PrivateFile.Write(file, Encoding.UTF8.GetBytes(lines.ToString()));
        try
        {
            var multiLine = request.Environment.Where(pair => IsMultiLine(pair.Value)).ToDictionary();

            // A CLI that is killed leaves the engine at work: the container would come up, and nobody would know of it.
            var answer = await docker.RunAsync(Arguments(request, name, file, multiLine.Keys), CancellationToken.None, variables: multiLine);
            if (!answer.IsGood) throw new ContainerStartException($"CannotStartContainerError: {answer.Complaint}");
            var id = answer.Output.Trim();
            var endPoints = await EndPointsAsync(id);
            cancellationToken.ThrowIfCancellationRequested();
            return new EngineContainer(docker, id, endPoints, request.Output, time);
        }
        catch
        {
            await docker.RunAsync(["rm", "--force", "--volumes", name], CancellationToken.None);
            throw;
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The whole "docker run": no value of a variable is in it.</summary>
    internal IReadOnlyList<string> Arguments(ContainerRequest request, string name, string environmentFile, IEnumerable<string> multiLine)
    {
        List<string> arguments = ["run", "--detach", "--pull", "never", "--name", name, "--label", $"{Label}={instance.Id}", "--env-file", environmentFile];
        foreach (var variable in multiLine) arguments.AddRange(["--env", variable]);
        foreach (var port in request.Ports)
            arguments.AddRange(["--publish", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1::{port}")]);
        if (request.Cpu > 0 && engine is { LimitsCpu: true })
            arguments.AddRange(["--cpus", (request.Cpu / 1024d).ToString("0.###", CultureInfo.InvariantCulture)]);
        if (request.MemoryMiB > 0 && engine is { LimitsMemory: true })
            arguments.AddRange(["--memory", string.Create(CultureInfo.InvariantCulture, $"{request.MemoryMiB}m")]);
        if (request.User is { } user) arguments.AddRange(["--user", user]);
        if (request.WorkingDirectory is { } folder) arguments.AddRange(["--workdir", folder]);
        if (request.EntryPoint is { Count: > 0 } entryPoint) arguments.AddRange(["--entrypoint", entryPoint[0]]);
        arguments.Add(request.Image.Reference);
        arguments.AddRange(request.EntryPoint?.Skip(1) ?? []);
        arguments.AddRange(request.Command ?? []);
        return arguments;
    }

    private async Task<Dictionary<int, IPEndPoint>> EndPointsAsync(string id)
    {
        // "8000/tcp -> 127.0.0.1:49153"; a container that has already ended has none, and its exit code tells why.
        var answer = await docker.RunAsync(["port", id], CancellationToken.None);
        var endPoints = new Dictionary<int, IPEndPoint>();
        foreach (var line in answer.Output.Split('\n', StringSplitOptions.TrimEntries))
        {
            var parts = line.Split(" -> ");
            if (parts.Length == 2 && int.TryParse(parts[0].Split('/')[0], CultureInfo.InvariantCulture, out var port)
                && IPEndPoint.TryParse(parts[1], out var endPoint))
                endPoints[port] = endPoint;
        }

        return endPoints;
    }

    private static bool IsMultiLine(string value) => value.AsSpan().ContainsAny('\n', '\r');
}
