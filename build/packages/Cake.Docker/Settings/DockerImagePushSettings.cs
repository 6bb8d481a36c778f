namespace Cake.Docker;

/// <summary>The options of <c>docker push</c>.</summary>
public sealed class DockerImagePushSettings : AutoToolSettings
{
    /// <summary>Skips the signing of the image; Docker's default is true.</summary>
    [AutoProperty(Format = Constants.BoolWithTrueDefaultFormat)]
    public bool? DisableContentTrust { get; set; }
}
