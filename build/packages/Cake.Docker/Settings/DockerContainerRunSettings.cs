namespace Cake.Docker;

/// <summary>The options of <c>docker run</c>.</summary>
public sealed class DockerContainerRunSettings : AutoToolSettings
{
    /// <summary>Names for addresses (<c>host:ip</c>).</summary>
    public string[]? AddHost { get; set; }

    /// <summary>Linux capabilities to take away.</summary>
    public string[]? CapDrop { get; set; }

    /// <summary>The file that receives the container's id.</summary>
    public string? Cidfile { get; set; }

    /// <summary>Leaves the container running and writes its id.</summary>
    public bool? Detach { get; set; }

    /// <summary>Replaces the entrypoint of the image.</summary>
    public string? Entrypoint { get; set; }

    /// <summary>Environment variables (<c>NAME=value</c>, or <c>NAME</c> to pass the caller's on).</summary>
    public string[]? Env { get; set; }

    /// <summary>Files of environment variables.</summary>
    public string[]? EnvFile { get; set; }

    /// <summary>The host name of the container.</summary>
    public string? Hostname { get; set; }

    /// <summary>Runs an init process that forwards signals.</summary>
    public bool? Init { get; set; }

    /// <summary>Keeps standard input open.</summary>
    public bool? Interactive { get; set; }

    /// <summary>Labels (<c>name=value</c>).</summary>
    public string[]? Label { get; set; }

    /// <summary>The memory limit.</summary>
    public string? Memory { get; set; }

    /// <summary>Mounts (<c>type=bind,src=path,dst=path</c>).</summary>
    public string[]? Mount { get; set; }

    /// <summary>The name of the container.</summary>
    public string? Name { get; set; }

    /// <summary>The network of the container.</summary>
    public string? Network { get; set; }

    /// <summary>The platform of the image (<c>linux/amd64</c>).</summary>
    public string? Platform { get; set; }

    /// <summary>Ports to publish (<c>127.0.0.1:8000:8000</c>).</summary>
    public string[]? Publish { get; set; }

    /// <summary>Publishes every exposed port.</summary>
    public bool? PublishAll { get; set; }

    /// <summary>Mounts the root file system read-only.</summary>
    public bool? ReadOnly { get; set; }

    /// <summary>The restart policy.</summary>
    public string? Restart { get; set; }

    /// <summary>Removes the container when it exits.</summary>
    public bool? Rm { get; set; }

    /// <summary>Seconds from the stop signal to the kill.</summary>
    public int? StopTimeout { get; set; }

    /// <summary>Allocates a terminal.</summary>
    public bool? Tty { get; set; }

    /// <summary>The user (<c>uid:gid</c>).</summary>
    public string? User { get; set; }

    /// <summary>Volumes (<c>path:path:ro</c>).</summary>
    public string[]? Volume { get; set; }

    /// <summary>The working directory in the container.</summary>
    public string? Workdir { get; set; }
}
