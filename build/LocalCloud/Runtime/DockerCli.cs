using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Slipway.LocalCloud.Hosting;
using Slipway.LocalCloud.Images;
using Slipway.LocalCloud.State;

namespace Slipway.LocalCloud.Runtime;

/// <summary>
/// The Docker CLI by argument lists, with a configuration of its own: the user's one is neither read for credentials nor written to.
/// </summary>
internal sealed class DockerCli(LocalCloudOptions options, StateFolder state, IRegistryPlace place, TimeProvider time)
{
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(5);

    /// <summary>The user's current context chooses the engine; our own configuration would lose it.</summary>
    private string? host = Environment.GetEnvironmentVariable("DOCKER_HOST");

    /// <summary>Asks the engine; a problem in words where none answers in time.</summary>
    public async Task<(DockerEngine? Engine, string Problem)> ProbeAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(ProbeLimit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (string.IsNullOrEmpty(host))
            {
                var context = await RunAsync(["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"], linked.Token, ownConfiguration: false);
                host = context.IsGood ? context.Output.Trim() : null;
            }

            if (IsElsewhere(host)) return (null, $"the Docker engine at {host} is on another machine");
            return Read(await RunAsync(["info", "--format", "{{json .}}"], linked.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, $"the Docker engine did not answer within {ProbeLimit.TotalSeconds:0} s");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (null, "no Docker CLI was found");
        }
    }

    /// <summary>Lets the engine pull from the registry.</summary>
    public void Login()
    {
        var folder = ConfigurationFolder();
        var login = place.Login();
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.User}:{login.Password}"));
        var document = JsonSerializer.SerializeToUtf8Bytes(new
        {
            auths = new Dictionary<string, object> { [place.Host] = new { auth = credentials } },
        });
        var temporary = Path.Combine(folder, $"config.json.{Guid.NewGuid():N}");
        PrivateFile.Write(temporary, document);
        File.Move(temporary, Path.Combine(folder, "config.json"), overwrite: true);
    }

    /// <summary>Runs to the end and keeps what was said.</summary>
    /// <param name="arguments">Without "docker"; no secret in them.</param>
    /// <param name="ownConfiguration">False: the user's configuration.</param>
    /// <param name="variables">For "--env NAME" without a value.</param>
    public async Task<DockerAnswer> RunAsync(
        IReadOnlyList<string> arguments,
        CancellationToken cancellationToken,
        bool ownConfiguration = true,
        IReadOnlyDictionary<string, string>? variables = null)
    {
        using var process = Start(arguments, ownConfiguration, variables);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new DockerAnswer(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            Signals.Force(process);
            throw;
        }
    }

    /// <summary>Starts a command whose output is followed.</summary>
    public Process Start(IReadOnlyList<string> arguments, bool ownConfiguration = true, IReadOnlyDictionary<string, string>? variables = null)
    {
        var start = new ProcessStartInfo(options.Docker ?? "docker")
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in variables ?? new Dictionary<string, string>()) start.Environment[name] = value;
        if (!string.IsNullOrEmpty(host)) start.Environment["DOCKER_HOST"] = host;
        if (ownConfiguration) start.Environment["DOCKER_CONFIG"] = ConfigurationFolder();
        start.Environment.Remove("DOCKER_CONTEXT");
        var process = Process.Start(start) ?? throw new InvalidOperationException("The Docker CLI was not started.");
        process.StandardInput.Close();
        return process;
    }

    private string ConfigurationFolder() => state.Folder("docker");

    private static (DockerEngine? Engine, string Problem) Read(DockerAnswer answer)
    {
        if (!answer.IsGood) return (null, $"no Docker engine answers ({answer.Complaint})");
        try
        {
            using var info = JsonDocument.Parse(answer.Output);
            var version = info.RootElement.TryGetProperty("ServerVersion", out var found) ? found.GetString() : null;
            if (string.IsNullOrEmpty(version)) return (null, "no Docker engine answers");
            var system = info.RootElement.TryGetProperty("OSType", out var type) ? type.GetString() : null;
            return system == "linux"
                ? (new DockerEngine(version, Flag(info.RootElement, "MemoryLimit"), Flag(info.RootElement, "CpuCfsQuota")), "")
                : (null, $"the Docker engine runs {system} containers");
        }
        catch (JsonException)
        {
            return (null, "the Docker engine's answer was not understood");
        }
    }

    private static bool Flag(JsonElement info, string name) => info.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static bool IsElsewhere(string? host) =>
        Uri.TryCreate(host, UriKind.Absolute, out var address) && address.Scheme is "ssh" or "tcp" && !address.IsLoopback;
}
