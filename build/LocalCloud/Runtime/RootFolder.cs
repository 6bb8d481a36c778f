namespace Slipway.LocalCloud.Runtime;

/// <summary>
/// A folder that plays the root of a file system: every path and every link is followed inside it, by this class and
/// never by the operating system, so that no image reaches a file of the machine.
/// </summary>
internal sealed class RootFolder(string path)
{
    private const int MostLinks = 40;

    public string Root { get; } = Path.GetFullPath(path);

    /// <summary>
    /// The real path of an image's path; every part but the last one is followed through links.
    /// With <paramref name="followLast"/> the last one is, too.
    /// </summary>
    public string Resolve(string imagePath, bool followLast = false) => Path.Combine([Root, .. Walk(imagePath, followLast)]);

    /// <summary>A link's target as a path relative to the link that stays inside; refused where it leads outside.</summary>
    public string LinkTarget(string linkPath, string target)
    {
        var link = Walk(linkPath, followLast: false);
        List<string> parts = target.StartsWith('/') ? [] : [.. link[..^1]];
        foreach (var part in Parts(target)) Step(parts, part, $"the link '{linkPath}' leads outside of the image: '{target}'");
        var climb = Enumerable.Repeat("..", link.Length - 1);
        var relative = string.Join('/', climb.Concat(parts));
        return relative.Length == 0 ? "." : relative;
    }

    private string[] Walk(string imagePath, bool followLast)
    {
        var links = 0;
        var done = new List<string>();
        var todo = new Stack<string>(Parts(imagePath).AsEnumerable().Reverse());
        while (todo.TryPop(out var part))
        {
            Step(done, part, $"the path '{imagePath}' leads outside of the image");
            if (part is "." or ".." || (todo.Count == 0 && !followLast)) continue;
            var here = Path.Combine([Root, .. done]);
            if (new FileInfo(here).LinkTarget is not { } target) continue;
            if (++links > MostLinks) throw new InvalidDataException($"too many links on the way to '{imagePath}'");
            done.RemoveAt(done.Count - 1);
            if (target.StartsWith('/')) done.Clear();
            foreach (var next in Parts(target).AsEnumerable().Reverse()) todo.Push(next);
        }

        return [.. done];
    }

    private static void Step(List<string> done, string part, string refusal)
    {
        if (part == ".") return;
        if (part != "..")
        {
            done.Add(part);
            return;
        }

        if (done.Count == 0) throw new InvalidDataException(refusal);
        done.RemoveAt(done.Count - 1);
    }

    private static string[] Parts(string imagePath)
    {
        if (imagePath.Contains('\0', StringComparison.Ordinal)) throw new InvalidDataException("a path holds a NUL character");
        if (OperatingSystem.IsWindows() && imagePath.AsSpan().ContainsAny('\\', ':'))
            throw new InvalidDataException($"the path '{imagePath}' cannot be a path on Windows");
        return imagePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
    }
}
