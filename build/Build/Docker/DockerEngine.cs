using Slipway.Deployment;
using Slipway.Deployment.Images;
using Slipway.Deployment.Processes;

namespace Slipway.Build.Docker;

/// <summary>The Docker Engine behind the CLI, as far as a build must know it before it uses it.</summary>
public sealed class DockerEngine(IProcessRunner processes, TimeProvider time)
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Whether an engine answers that runs Linux containers, and in what words.</summary>
    public async Task<EngineState> ProbeAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(AnswerTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var result = await AskAsync(["version", "--format", "{{.Server.Os}} {{.Server.Version}}"], either.Token).ConfigureAwait(false);
            var words = (result.Output is [.., var last] ? last.Trim() : string.Empty).Split(' ', 2);
            return result.ExitCode == 0 && words is ["linux", var version]
                ? new EngineState(true, $"engine {version}")
                : new EngineState(false, result.ExitCode == 0 ? $"the engine runs {words[0]} containers" : "'docker version' failed");
        }
        catch (SlipwayException)
        {
            return new EngineState(false, "no 'docker' on PATH");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new EngineState(false, $"it did not answer within {AnswerTimeout.TotalSeconds} s");
        }
    }

    /// <summary>
    /// The environment of a command with a configuration folder of its own. Such a folder loses the user's current context, so that
    /// the engine's address is asked for before and handed on as <c>DOCKER_HOST</c>.
    /// </summary>
    public async Task<Dictionary<string, string>> IsolatedAsync(string configFolder, CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string> { ["DOCKER_CONFIG"] = configFolder };
        if (Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 }) return environment;
        var result = await AskAsync(["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"], cancellationToken).ConfigureAwait(false);
        var host = result.Output.Select(line => line.Trim()).FirstOrDefault(line => line.Contains("://", StringComparison.Ordinal));
        if (result.ExitCode == 0 && host is not null) environment["DOCKER_HOST"] = host;
        return environment;
    }

    /// <summary>As <see cref="IsolatedAsync"/>, with the user's own builders of buildx, which their configuration folder holds too.</summary>
    public async Task<Dictionary<string, string>> IsolatedWithBuildersAsync(string configFolder, CancellationToken cancellationToken)
    {
        var environment = await IsolatedAsync(configFolder, cancellationToken).ConfigureAwait(false);
        if (Environment.GetEnvironmentVariable("BUILDX_CONFIG") is not { Length: > 0 }) environment["BUILDX_CONFIG"] = Path.Combine(UserConfiguration, "buildx");
        return environment;
    }

    /// <summary>Where the user's own configuration is, there or not.</summary>
    public static string UserConfiguration => Environment.GetEnvironmentVariable("DOCKER_CONFIG") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker");

    /// <summary>Whether the CLI has the buildx plugin; without it, the engine's own builder is used.</summary>
    public async Task<bool> HasBuildxAsync(CancellationToken cancellationToken) =>
        (await AskAsync(["buildx", "version"], cancellationToken).ConfigureAwait(false)).ExitCode == 0;

    /// <summary>The id ("sha256:…") of an image that the engine has; null where it has none of this name.</summary>
    public async Task<string?> FindImageAsync(string reference, CancellationToken cancellationToken)
    {
        var result = await AskAsync(["image", "inspect", "--format", "{{.Id}}", reference], cancellationToken).ConfigureAwait(false);
        return result.ExitCode == 0 ? result.Output.Select(line => line.Trim()).FirstOrDefault(line => line.StartsWith("sha256:", StringComparison.Ordinal)) : null;
    }

    private Task<ProcessResult> AskAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        processes.RunAsync(new ProcessRequest("docker", arguments) { LogName = $"docker-{arguments[0]}" }, cancellationToken);
}
