using Newtonsoft.Json.Linq;
using Slipway.Deployment.Images;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>Whether the task runs where the image can run.</summary>
internal static class PlatformChecks
{
    public static TaskDefinitionRule Architecture { get; } = RuleSource.Api("RuntimePlatform").Error(
        "platform-image", "The runtimePlatform is the one that the image is built for; without it Fargate takes LINUX and X86_64");

    private static readonly (string Platform, string Processor)[] Processors = [("linux/amd64", "X86_64"), ("linux/arm64", "ARM64")];

    public static IReadOnlyList<TaskDefinitionRule> Rules => [Architecture];

    public static void Check(CheckRun run)
    {
        var given = run.Root["runtimePlatform"] as JObject;
        if (run.Context.Platform is not { } platform || (given is null && !run.IsFargate)) return;
        var platforms = ImagePlatforms.Of(platform);
        Compare(run, given, "operatingSystemFamily", "LINUX", [.. platforms.Select(one => one.StartsWith("linux/", StringComparison.Ordinal) ? "LINUX" : null)], platforms);
        Compare(run, given, "cpuArchitecture", "X86_64", [.. platforms.Select(Processor)], platforms);
    }

    /// <summary>The platform that a document asks an image for: "linux/amd64"; null where it does not say, or no image of ours fits.</summary>
    internal static string? PlatformOf(JObject root, bool isFargate)
    {
        var system = CheckRun.TextOf(CheckRun.Inner(root, "runtimePlatform", "operatingSystemFamily")) ?? (isFargate ? "LINUX" : null);
        var processor = CheckRun.TextOf(CheckRun.Inner(root, "runtimePlatform", "cpuArchitecture")) ?? (isFargate ? "X86_64" : null);
        return system == "LINUX" ? Array.Find(Processors, known => known.Processor == processor).Platform : null;
    }

    private static string? Processor(string platform) => Array.Find(Processors, known => known.Platform == platform).Processor;

    /// <summary>One of several is enough: the task takes the manifest of its platform.</summary>
    private static void Compare(CheckRun run, JObject? given, string member, string standard, IReadOnlyList<string?> possible, IReadOnlyList<string> platforms)
    {
        var token = given?[member];
        if (token is not null and not JValue { Type: JTokenType.String }) return;
        var found = token is null ? standard : CheckRun.TextOf(token)!;
        if (possible.Contains(found) || possible.Contains(null)) return;
        var allowed = string.Join(" or ", possible.Distinct().Select(value => $"\"{value}\""));
        run.Add(
            token ?? given ?? run.Root, Architecture, $"The image is built for {string.Join(" and ", platforms)}.", $"\"{member}\": {allowed}",
            FoundText.Quoted(found));
    }
}
