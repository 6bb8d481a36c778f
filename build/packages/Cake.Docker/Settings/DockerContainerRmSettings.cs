namespace Cake.Docker;

/// <summary>The options of <c>docker rm</c>.</summary>
public sealed class DockerContainerRmSettings : AutoToolSettings
{
    /// <summary>Kills a running container first.</summary>
    public bool? Force { get; set; }

    /// <summary>Removes a link.</summary>
    public bool? Link { get; set; }

    /// <summary>Removes the anonymous volumes of the container.</summary>
    public bool? Volumes { get; set; }
}
