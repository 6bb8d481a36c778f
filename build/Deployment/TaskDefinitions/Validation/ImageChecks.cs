using Newtonsoft.Json.Linq;
using Slipway.Deployment.Images;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>Rules about image URIs.</summary>
internal static class ImageChecks
{
    private const int LongestName = 255;
    private const string Allowed = "\"host/name:tag\" or \"host/name@sha256:…\", lower case, without \"https://\"";

    public static TaskDefinitionRule Uri { get; } = RuleSource.ImageNames.Error("image-uri", "An image is a URI of the form host/name:tag or host/name@digest");

    public static TaskDefinitionRule Length { get; } = RuleSource.Api("ContainerDefinition").Error(
        "image-length", "An image URI has at most 255 characters, the digest not counted");

    public static TaskDefinitionRule Account { get; } = RuleSource.EcrHosts.Warning("image-account", "An image in ECR lies in the account of the deployment");

    public static TaskDefinitionRule Region { get; } = RuleSource.EcrHosts.Warning("image-region", "An image in ECR lies in the region of the deployment");

    public static IReadOnlyList<TaskDefinitionRule> Rules => [Uri, Length, Account, Region];

    public static void Check(CheckRun run, JObject container)
    {
        // The image of the deployed container is written by rendering: it need not stand there.
        var image = container["image"];
        if (image is null && run.GetsImage(container)) return;
        if (CheckRun.TextOf(image) is not { } text || !ImageReference.TryParse(text, out var reference))
        {
            run.Add(image ?? container, Uri, image is null ? "The container has no image." : "This is no image URI.", Allowed);
            return;
        }

        var length = text.Length - (reference.Digest?.Length + 1 ?? 0);
        if (length > LongestName)
        {
            run.Add(image!, Length, "The image URI is too long.", FormattableString.Invariant($"at most {LongestName} characters"),
                FormattableString.Invariant($"{length} characters"));
        }

        if (EcrHost.Parse(reference.Host) is { } host) Registry(run, image!, host);
    }

    private static void Registry(CheckRun run, JToken image, EcrHost host)
    {
        if (run.Context.AccountId is { } account && host.Account != account)
            run.Add(image, Account, $"The image lies in account {host.Account}, which must permit it.", $"account {account}", host.Account);
        if (host.Region != run.Context.Region)
            run.Add(image, Region, "The image lies in another region: each start of a task fetches it from there.", $"region {run.Context.Region}", host.Region);
    }
}
