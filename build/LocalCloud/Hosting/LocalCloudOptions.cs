using System.Globalization;

namespace Slipway.LocalCloud.Hosting;

/// <summary>What the command line sets.</summary>
/// <param name="Port">Port of the APIs and the registry; 0 takes any free one.</param>
/// <param name="FrontDoorPort">Port of the load balancer; 0 takes any free one.</param>
/// <param name="StateFolder">Absolute path of the folder that outlives the process.</param>
/// <param name="Runtime">"auto", "engine" or "process".</param>
/// <param name="Docker">The Docker CLI's path; null looks it up on PATH.</param>
/// <param name="LogFile">Where the cloud's own log goes; null: standard output, which must then be read.</param>
internal sealed record LocalCloudOptions(
    int Port, int FrontDoorPort, string StateFolder, string Runtime = "auto", string? Docker = null, string? LogFile = null)
{
    /// <summary>Another registry on this machine that holds the images in place of the cloud's own; null: its own.</summary>
    public Uri? Registry { get; init; }

    /// <summary>The absolute path of a file with that registry's "user:password".</summary>
    public string? RegistryLogin { get; init; }

    public const int DefaultPort = 4570;
    public const int DefaultFrontDoorPort = 8000;

    public const string Usage = """
        Usage: dotnet Slipway.LocalCloud.dll --state <folder> [--port 4570] [--front-door 8000]
                                             [--runtime auto|engine|process] [--docker <path>] [--log <file>]
                                             [--registry http://127.0.0.1:<port> --registry-login <file>]
        """;

    private static readonly string[] Names = ["--port", "--front-door", "--state", "--runtime", "--docker", "--log", "--registry", "--registry-login"];
    private static readonly string[] Runtimes = ["auto", "engine", "process"];

    /// <summary>Reads the command line; all problems at once.</summary>
    public static (LocalCloudOptions? Options, IReadOnlyList<string> Problems) Parse(IReadOnlyList<string> arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var problems = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var equals = arguments[i].IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? arguments[i] : arguments[i][..equals];
            if (!Names.Contains(name, StringComparer.Ordinal)) problems.Add($"unknown argument '{arguments[i]}'");
            else if (equals >= 0) values[name] = arguments[i][(equals + 1)..];
            else if (++i < arguments.Count) values[name] = arguments[i];
            else problems.Add($"'{name}' needs a value");
        }

        var port = ReadPort(values, "--port", DefaultPort, problems);
        var frontDoor = ReadPort(values, "--front-door", DefaultFrontDoorPort, problems);
        if (port == frontDoor && port != 0) problems.Add($"'--port' and '--front-door' are both {port}; they must differ");
        if (!values.TryGetValue("--state", out var state) || state.Length == 0) problems.Add("'--state' must name the folder that holds the state");
        var runtime = values.GetValueOrDefault("--runtime", "auto");
        if (!Runtimes.Contains(runtime, StringComparer.Ordinal)) problems.Add($"'--runtime' is '{runtime}', expected auto, engine or process");

        var (registry, login) = ReadRegistry(values, problems);
        if (problems.Count > 0) return (null, problems);
        var options = new LocalCloudOptions(port, frontDoor, Path.GetFullPath(state!), runtime, values.GetValueOrDefault("--docker"), values.GetValueOrDefault("--log"))
        {
            Registry = registry,
            RegistryLogin = login is null ? null : Path.GetFullPath(login),
        };
        return (options, problems);
    }

    private static (Uri? Registry, string? Login) ReadRegistry(Dictionary<string, string> values, List<string> problems)
    {
        var (text, login) = (values.GetValueOrDefault("--registry"), values.GetValueOrDefault("--registry-login"));
        if (text is null && login is null) return (null, null);
        if (text is null || login is null) problems.Add("'--registry' and '--registry-login' belong together");
        if (login is not null && !File.Exists(login)) problems.Add($"'--registry-login' is '{login}', and there is no such file");
        if (text is null) return (null, login);
        if (Uri.TryCreate(text, UriKind.Absolute, out var registry) && registry.IsLoopback && registry.Scheme is "http" or "https") return (registry, login);
        problems.Add($"'--registry' is '{text}', expected an address on this machine like http://127.0.0.1:5000");
        return (null, login);
    }

    private static int ReadPort(Dictionary<string, string> values, string name, int otherwise, List<string> problems)
    {
        if (!values.TryGetValue(name, out var text)) return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535) return port;
        problems.Add($"'{name}' is '{text}', expected a port number from 0 to 65535");
        return otherwise;
    }
}
