namespace Slipway.Deployment.Images;

/// <summary>
/// The platforms of an image as one text: "linux/amd64", or "linux/amd64,linux/arm64" for a list of manifests, one for each. Settings and
/// artifacts carry it so.
/// </summary>
public static class ImagePlatforms
{
    /// <summary>The platforms, at least one.</summary>
    public static IReadOnlyList<string> Of(string text) => text.Split(',');

    /// <summary>The text of platforms.</summary>
    public static string Join(IEnumerable<string> platforms) => string.Join(',', platforms);

    /// <summary>Whether it is a list of manifests.</summary>
    public static bool AreSeveral(string text) => Of(text).Count > 1;
}
