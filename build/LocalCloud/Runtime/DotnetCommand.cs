namespace Slipway.LocalCloud.Runtime;

/// <summary>An image's start command as this machine's dotnet can run it.</summary>
/// <param name="Arguments">For the dotnet program: the assembly's real path, then the image's own arguments.</param>
internal sealed record DotnetCommand(IReadOnlyList<string> Arguments)
{
    private const string Remedy = "The process runtime runs .NET images only. "
        + "Try: start a Docker engine and run --target=LocalDown, then --target=LocalUp, so that LocalCloud runs tasks as containers.";

    /// <summary>Finds the assembly behind "dotnet X.dll" or behind an apphost; anything else is refused.</summary>
    public static DotnetCommand Of(IReadOnlyList<string> arguments, RootFolder root, string workingDirectory)
    {
        if (arguments.Count == 0) throw Refused("the image has neither an entry point nor a command.");
        var program = arguments[0];
        if (Path.GetFileName(program) is "dotnet" or "dotnet.exe")
        {
            var skip = arguments.Count > 1 && arguments[1] == "exec" ? 2 : 1;
            if (arguments.Count <= skip || !arguments[skip].EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
                throw Refused($"'{string.Join(' ', arguments.Take(3))}' does not name an assembly after dotnet.");
            return new DotnetCommand([Existing(root, workingDirectory, arguments[skip]), .. arguments.Skip(skip + 1)]);
        }

        var host = Inside(workingDirectory, program);
        var name = host.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? host[..^4] : host;
        var assembly = root.Resolve($"{name}.dll", followLast: true);
        if (!File.Exists(assembly) || !File.Exists(root.Resolve($"{name}.runtimeconfig.json", followLast: true)))
            throw Refused($"'{program}' is no .NET program: {name}.dll and {name}.runtimeconfig.json are not in the image.");
        return new DotnetCommand([assembly, .. arguments.Skip(1)]);
    }

    /// <summary>A path of the image, seen from its working directory.</summary>
    public static string Inside(string workingDirectory, string path) => path.StartsWith('/') ? path : $"{workingDirectory.TrimEnd('/')}/{path}";

    private static string Existing(RootFolder root, string workingDirectory, string path)
    {
        var inside = Inside(workingDirectory, path);
        var real = root.Resolve(inside, followLast: true);
        return File.Exists(real) ? real : throw new ContainerStartException(
            $"CannotStartContainerError: ResourceInitializationError: the image has no file '{inside}'. "
            + "Try: check the image's entry point and working directory.");
    }

    private static ContainerStartException Refused(string what) => new($"CannotStartContainerError: {what} {Remedy}");
}
