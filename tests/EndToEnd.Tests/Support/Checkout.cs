using System.Diagnostics;
using System.Globalization;
using System.Net;
using Slipway.Deployment.Tests.Support;

namespace Slipway.EndToEnd.Tests.Support;

/// <summary>
/// A copy of the repository in a folder of its own, with a blank and what MSBuild and the compiler take for their own in its path, on ports of its own. Disposing stops its
/// embedded cloud and deletes it.
/// </summary>
internal sealed class Checkout : IAsyncDisposable
{
    /// <summary>Long enough for a first compilation on a busy machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly Dictionary<string, string?> _environment = new()
    {
        ["CI"] = null,
        ["GITHUB_ACTIONS"] = null,
        ["AWS_REGION"] = null,
        ["AWS_DEFAULT_REGION"] = null,
        ["AWS_PROFILE"] = null,
        ["AWS_ACCESS_KEY_ID"] = null,
        ["AWS_SECRET_ACCESS_KEY"] = null,
        ["ArtifactsPath"] = null,
    };

    private string? _shell;

    private Checkout(string folder, int port, int frontDoorPort)
    {
        Folder = folder;
        Port = port;
        FrontDoorPort = frontDoorPort;
        _environment["SLIPWAY_LOCAL_CLOUD_PORT"] = Port.ToString(CultureInfo.InvariantCulture);
        _environment["SLIPWAY_FRONT_DOOR_PORT"] = FrontDoorPort.ToString(CultureInfo.InvariantCulture);
    }

    public string Folder { get; }

    public int Port { get; }

    public int FrontDoorPort { get; }

    public Uri FrontDoor => new($"http://127.0.0.1:{FrontDoorPort}/");

    /// <summary>A new copy; without an engine in sight unless asked for.</summary>
    public static Checkout Create(bool withEngine = false)
    {
        // Docker parts the place of an archive at commas.
        var folder = Path.Combine(Path.GetTempPath(), $"slipway {(withEngine ? "end" : "100%, end=")} to end {Guid.NewGuid():N}");
        Repository.CopyTo(folder);
        var checkout = new Checkout(folder, Ports.Free(), Ports.Free());
        if (!withEngine) checkout._environment["DOCKER_HOST"] = "unix:///nowhere/docker.sock";
        return checkout;
    }

    /// <summary>Lets no test gate a deploy, for those who are not about that.</summary>
    public void LeaveOutTests() => Edit("infra/environments/local.json", "\"timeout\"", "\"testProjects\": [],\n  \"timeout\"");

    /// <summary>Starts the script of PowerShell from now on, by this program.</summary>
    public void RunsIn(string powerShell) => _shell = powerShell;

    public string PathOf(params string[] names) => Path.Combine([Folder, .. names]);

    /// <summary>Replaces a text in a file; the text must be there.</summary>
    public void Edit(string file, string oldText, string newText)
    {
        var path = PathOf(file);
        var text = File.ReadAllText(path);
        Assert.That(text, Does.Contain(oldText), $"'{file}' has changed: adapt the test.");
        File.WriteAllText(path, text.Replace(oldText, newText, StringComparison.Ordinal));
    }

    public Task<ScriptRun> RunAsync(params string[] arguments) => RunAsync(new Dictionary<string, string?>(), arguments);

    public async Task<ScriptRun> RunAsync(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        using var running = Start(environment, arguments);
        var run = await running.WaitAsync(Patience);
        TestContext.Out.WriteLine($"$ ./build.sh {string.Join(' ', arguments)}\n{run}\n");
        return run;
    }

    public RunningScript Start(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        var start = _shell is null ? new ProcessStartInfo(PathOf("build.sh"), arguments)
            : new ProcessStartInfo(_shell, ["-NoLogo", "-NoProfile", "-NonInteractive", "-File", PathOf("build.ps1"), .. arguments]);
        start.WorkingDirectory = Path.GetTempPath();
        foreach (var (name, value) in _environment.Concat(environment))
        {
            start.Environment.Remove(name);
            if (value is not null) start.Environment[name] = value;
        }

        return new RunningScript(start);
    }

    public async Task<HttpStatusCode> HealthAsync()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        using var answer = await http.GetAsync(new Uri(FrontDoor, "health"));
        return answer.StatusCode;
    }

    /// <summary>Whether the service answers now.</summary>
    public async Task<bool> AnswersAsync()
    {
        try
        {
            return await HealthAsync() == HttpStatusCode.OK;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        using (var running = Start(new Dictionary<string, string?>(), "--target=LocalDown"))
        {
            await running.WaitAsync(Patience);
        }

        Directory.Delete(Folder, recursive: true);
    }
}
