namespace Cake.Docker;

/// <summary>The options of <c>docker image build</c>.</summary>
public sealed class DockerImageBuildSettings : AutoToolSettings
{
    /// <summary>Names for addresses (<c>host:ip</c>).</summary>
    public string[]? AddHost { get; set; }

    /// <summary>Build arguments (<c>NAME=value</c>). They stay visible in the image's history: no secrets.</summary>
    public string[]? BuildArg { get; set; }

    /// <summary>Images to take layers from.</summary>
    public string[]? CacheFrom { get; set; }

    /// <summary>Compresses the build context on its way to the engine.</summary>
    public bool? Compress { get; set; }

    /// <summary>Skips the verification of base images; Docker's default is true.</summary>
    [AutoProperty(Format = Constants.BoolWithTrueDefaultFormat)]
    public bool? DisableContentTrust { get; set; }

    /// <summary>The Dockerfile; Docker's default is the one in the build context.</summary>
    public string? File { get; set; }

    /// <summary>Always removes intermediate containers.</summary>
    public bool? ForceRm { get; set; }

    /// <summary>The file that receives the image id.</summary>
    public string? Iidfile { get; set; }

    /// <summary>Labels (<c>name=value</c>).</summary>
    public string[]? Label { get; set; }

    /// <summary>The memory limit of build containers.</summary>
    public string? Memory { get; set; }

    /// <summary>The network of RUN instructions.</summary>
    public string? Network { get; set; }

    /// <summary>Builds every layer anew.</summary>
    public bool? NoCache { get; set; }

    /// <summary>The platform to build for (<c>linux/amd64</c>).</summary>
    public string? Platform { get; set; }

    /// <summary>Always asks the registry for a newer base image.</summary>
    public bool? Pull { get; set; }

    /// <summary>Writes the image id only.</summary>
    public bool? Quiet { get; set; }

    /// <summary>Removes intermediate containers after a successful build; Docker's default is true.</summary>
    [AutoProperty(Format = Constants.BoolWithTrueDefaultFormat)]
    public bool? Rm { get; set; }

    /// <summary>Makes one layer of the new ones; an experimental feature of the engine.</summary>
    public bool? Squash { get; set; }

    /// <summary>The names of the image (<c>name:tag</c>).</summary>
    public string[]? Tag { get; set; }

    /// <summary>The stage of the Dockerfile to stop at.</summary>
    public string? Target { get; set; }

    /// <summary>Resource limits of build containers.</summary>
    public string[]? Ulimit { get; set; }
}
