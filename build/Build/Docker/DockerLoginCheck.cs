using Cake.Core;
using Cake.Docker;
using Slipway.Build.Output;
using Slipway.Deployment;
using Slipway.Deployment.Images;

namespace Slipway.Build.Docker;

/// <summary>Logs the Docker CLI in with a configuration folder of its own. The token goes through standard input, never on a command line.</summary>
public sealed class DockerLoginCheck(ICakeContext cake, DockerEngine engine, ConsoleReport report, RepositoryRoot root) : IEngineLogin
{
    /// <inheritdoc />
    public async Task LogInAsync(RegistryLogin login, string configFolder, CancellationToken cancellationToken)
    {
        var transcript = new DockerTranscript("docker-login", root, report);
        var settings = transcript.Attach(new DockerRegistryLoginSettings
        {
            Username = login.UserName,
            PasswordStdin = true,
            EnvironmentVariables = await engine.IsolatedAsync(configFolder, cancellationToken).ConfigureAwait(false),
        });
        var redirect = settings.SetupProcessSettings;
        settings.SetupProcessSettings = process =>
        {
            redirect(process);
            process.StandardInput = login.Password;
        };
        await transcript.RunAsync(
            () => cake.DockerLogin(settings, new Uri(login.Endpoint).Authority),
            ExitCode.PreconditionFailed,
            $"'docker login {login.Endpoint}' was refused.",
            "read the output above: with 401 the registry refuses the token, else the engine must reach the registry at that address",
            cancellationToken).ConfigureAwait(false);
    }
}
