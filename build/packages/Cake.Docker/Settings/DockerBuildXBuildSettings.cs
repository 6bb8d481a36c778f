namespace Cake.Docker;

/// <summary>The options of <c>docker buildx build</c>.</summary>
public sealed class DockerBuildXBuildSettings : AutoToolSettings
{
    /// <summary>Names for addresses (<c>host:ip</c>).</summary>
    public string[]? AddHost { get; set; }

    /// <summary>Extra privileges for the build.</summary>
    public string[]? Allow { get; set; }

    /// <summary>Build arguments (<c>NAME=value</c>). They stay visible in the image's history: no secrets.</summary>
    public string[]? BuildArg { get; set; }

    /// <summary>Further build contexts (<c>name=path</c>).</summary>
    public string[]? BuildContext { get; set; }

    /// <summary>The builder instance.</summary>
    public string? Builder { get; set; }

    /// <summary>Caches to read.</summary>
    public string[]? CacheFrom { get; set; }

    /// <summary>Caches to write.</summary>
    public string[]? CacheTo { get; set; }

    /// <summary>Compresses the build context.</summary>
    public bool? Compress { get; set; }

    /// <summary>The Dockerfile; Docker's default is the one in the build context.</summary>
    public string? File { get; set; }

    /// <summary>The file that receives the image id.</summary>
    public string? Iidfile { get; set; }

    /// <summary>Labels (<c>name=value</c>).</summary>
    public string[]? Label { get; set; }

    /// <summary>Loads the result into the engine's image store.</summary>
    public bool Load { get; set; }

    /// <summary>The file that receives the metadata of the result.</summary>
    public string? MetadataFile { get; set; }

    /// <summary>The network of RUN instructions.</summary>
    public string? Network { get; set; }

    /// <summary>Builds every layer anew.</summary>
    public bool NoCache { get; set; }

    /// <summary>Stages to build anew.</summary>
    public string[]? NoCacheFilter { get; set; }

    /// <summary>Where the result goes (<c>type=oci,dest=path</c>).</summary>
    public string[]? Output { get; set; }

    /// <summary>The platforms to build for (<c>linux/amd64</c>).</summary>
    public string[]? Platform { get; set; }

    /// <summary>How progress is shown: auto, plain or tty.</summary>
    public string? Progress { get; set; }

    /// <summary>Always asks the registry for newer base images.</summary>
    public bool Pull { get; set; }

    /// <summary>Pushes the result.</summary>
    public bool Push { get; set; }

    /// <summary>Writes the image id only.</summary>
    public bool Quiet { get; set; }

    /// <summary>Secrets for RUN instructions, by source (<c>id=name,src=path</c>), never by value.</summary>
    public string[]? Secret { get; set; }

    /// <summary>SSH agents or keys for the build.</summary>
    public string[]? Ssh { get; set; }

    /// <summary>The names of the image (<c>name:tag</c>).</summary>
    public string[]? Tag { get; set; }

    /// <summary>The stage of the Dockerfile to stop at.</summary>
    public string? Target { get; set; }

    /// <summary>Resource limits of build containers.</summary>
    public string[]? Ulimit { get; set; }
}
