namespace Slipway.Deployment.Images;

/// <summary>How the image is built (<c>--builder</c>).</summary>
public enum ImageBuilderKind
{
    /// <summary>Docker where an engine answers, else the SDK.</summary>
    Auto,

    /// <summary>The Docker CLI: <c>docker build</c> with the Dockerfile.</summary>
    Docker,

    /// <summary>The .NET SDK's container publishing: no engine needed.</summary>
    Sdk,
}
