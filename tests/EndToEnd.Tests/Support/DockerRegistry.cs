using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Slipway.Deployment.Tests.Support;

namespace Slipway.EndToEnd.Tests.Support;

/// <summary>The distribution project's registry as a process, with one user and a password of its own, on a free port.</summary>
internal sealed class DockerRegistry : IAsyncDisposable
{
    public const string User = "AWS";

    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(20);

    private readonly string _folder;
    private readonly Process _process;

    private DockerRegistry(string folder, Process process, int port) => (_folder, _process, Host) = (folder, process, $"127.0.0.1:{port}");

    public string Host { get; }

    public string Address => $"http://{Host}";

    /// <summary>As random as ECR's: found anywhere, it was leaked.</summary>
    public string Password { get; private init; } = "";

    /// <summary>The file that LocalCloud reads the login from.</summary>
    public string LoginFile => Path.Combine(_folder, "login");

    /// <summary>Starts one; skips the test where the program is not installed.</summary>
    public static async Task<DockerRegistry> StartAsync()
    {
        var program = Programs.Find("docker-registry");
        if (program is null) Assert.Ignore("There is no 'docker-registry' on PATH (Debian package docker-registry).");
        var folder = Directory.CreateTempSubdirectory("slipway-registry-").FullName;
        var password = $"planted-{Guid.NewGuid():N}";
        var port = Ports.Free();
        File.WriteAllText(Path.Combine(folder, "htpasswd"), $"{User}:{BCrypt.Net.BCrypt.HashPassword(password, 4)}\n");
        File.WriteAllText(Path.Combine(folder, "config.yml"), $$"""
            version: 0.1
            log: { level: error, accesslog: { disabled: true } }
            storage: { filesystem: { rootdirectory: "{{folder}}/data" } }
            http: { addr: "127.0.0.1:{{port}}" }
            auth: { htpasswd: { realm: slipway, path: "{{folder}}/htpasswd" } }
            """);
        var process = Process.Start(new ProcessStartInfo(program!, ["serve", Path.Combine(folder, "config.yml")]) { RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var registry = new DockerRegistry(folder, process, port) { Password = password };
        registry.WriteLogin(password);
        await registry.WaitAsync();
        return registry;
    }

    /// <summary>Lets LocalCloud hand out this password from now on.</summary>
    public void WriteLogin(string password) => File.WriteAllText(LoginFile, $"{User}:{password}\n");

    /// <summary>A client that is logged in.</summary>
    public HttpClient LoggedIn()
    {
        var client = new HttpClient { BaseAddress = new Uri(Address), Timeout = TimeSpan.FromSeconds(20) };
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}")));
        return client;
    }

    /// <summary>Docker's configuration with the login, for another program.</summary>
    public string WriteAuthFile()
    {
        var auth = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"));
        var file = Path.Combine(_folder, "auth.json");
        File.WriteAllText(file, $$"""{ "auths": { "{{Host}}": { "auth": "{{auth}}" } } }""");
        return file;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task WaitAsync()
    {
        using var client = LoggedIn();
        using var limit = new CancellationTokenSource(StartsWithin);
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri("/v2/", UriKind.Relative), limit.Token);
                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
            }
        }
    }
}
