using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>Whether the task runs where the image can run.</summary>
internal static class PlatformChecks
{
    public static TaskDefinitionRule Architecture { get; } = RuleSource.Api("RuntimePlatform").Error(
        "platform-image", "The runtimePlatform is the one that the image is built for; without it Fargate takes LINUX and X86_64");

    public static IReadOnlyList<TaskDefinitionRule> Rules => [Architecture];

    public static void Check(CheckRun run)
    {
        var given = run.Root["runtimePlatform"] as JObject;
        if (run.Context.Platform is not { } platform || (given is null && !run.IsFargate)) return;
        Compare(run, given, "operatingSystemFamily", "LINUX", platform.StartsWith("linux/", StringComparison.Ordinal) ? "LINUX" : null, platform);
        Compare(run, given, "cpuArchitecture", "X86_64", platform switch
        {
            "linux/amd64" => "X86_64",
            "linux/arm64" => "ARM64",
            _ => null,
        }, platform);
    }

    private static void Compare(CheckRun run, JObject? given, string member, string standard, string? wanted, string platform)
    {
        var token = given?[member];
        if (token is not null and not JValue { Type: JTokenType.String }) return;
        var found = token is null ? standard : CheckRun.TextOf(token)!;
        if (wanted is not null && found != wanted)
            run.Add(token ?? given ?? run.Root, Architecture, $"The image is built for {platform}.", $"\"{member}\": \"{wanted}\"", FoundText.Quoted(found));
    }
}
