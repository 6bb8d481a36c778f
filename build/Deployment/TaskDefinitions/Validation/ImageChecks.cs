using Newtonsoft.Json.Linq;
using Slipway.Deployment.Images;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>Rules about image URIs.</summary>
internal static class ImageChecks
{
    private const string Allowed = "\"host/name:tag\" or \"host/name@sha256:…\", lower case, without \"https://\"";

    public static TaskDefinitionRule Uri { get; } = RuleSource.ImageNames.Error("image-uri", "An image is a URI of the form host/name:tag or host/name@digest");

    public static IReadOnlyList<TaskDefinitionRule> Rules => [Uri];

    public static void Check(CheckRun run, JObject container)
    {
        // The image of the deployed container is written by rendering: it need not stand there.
        var image = container["image"];
        if (image is null && run.GetsImage(container)) return;
        if (CheckRun.TextOf(image) is not { } text || !ImageReference.TryParse(text, out _))
            run.Add(image ?? container, Uri, image is null ? "The container has no image." : "This is no image URI.", Allowed);
    }
}
