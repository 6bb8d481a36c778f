using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.Images;

/// <summary>How a repository is made where a run is told to make it.</summary>
public static class RepositoryDefaults
{
    /// <summary>More than anybody rolls back to, and far from ECR's quota of images in a repository.</summary>
    public const int KeptImages = 100;

    /// <summary>How long an image without a tag stays: the manifests of an index have none, but ECR keeps them while the index is there.</summary>
    public const int UntaggedDays = 14;

    /// <summary>Immutable tags, scanned, encrypted with ECR's own key, the newest images kept.</summary>
    public static RepositorySettings Settings { get; } = new(ImmutableTags: true, ScanOnPush: true, Encryption: "AES256", Lifecycle: Lifecycle());

    /// <summary>Says who made it and for whom.</summary>
    public static IReadOnlyDictionary<string, string> Tags(string environment) => new Dictionary<string, string>
    {
        ["slipway:environment"] = environment,
        ["slipway:managed-by"] = "slipway",
    };

    private static string Lifecycle() => new JObject
    {
        ["rules"] = new JArray(
            Rule(1, $"Images without a tag go after {UntaggedDays} days", new JObject
            {
                ["tagStatus"] = "untagged",
                ["countType"] = "sinceImagePushed",
                ["countUnit"] = "days",
                ["countNumber"] = UntaggedDays,
            }),
            // ECR wants the rule for every image to be the last.
            Rule(2, string.Create(CultureInfo.InvariantCulture, $"The newest {KeptImages} images stay"), new JObject
            {
                ["tagStatus"] = "any",
                ["countType"] = "imageCountMoreThan",
                ["countNumber"] = KeptImages,
            })),
    }.ToString(Formatting.None);

    private static JObject Rule(int priority, string description, JObject selection) => new()
    {
        ["rulePriority"] = priority,
        ["description"] = description,
        ["selection"] = selection,
        ["action"] = new JObject { ["type"] = "expire" },
    };
}
