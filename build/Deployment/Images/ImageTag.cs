namespace Slipway.Deployment.Images;

/// <summary>The tag that an image gets where nobody names one.</summary>
public static class ImageTag
{
    /// <summary>"commit, 12 digits - fingerprint, 8 digits", or the fingerprint's first 12 digits where there is no commit.</summary>
    public static string Of(string? commit, string fingerprint) =>
        commit is { Length: >= 12 } ? $"{commit[..12]}-{fingerprint[..8]}" : fingerprint[..12];
}
