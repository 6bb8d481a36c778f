using Cake.Core;
using Cake.Docker;
using Slipway.Deployment.Images;

namespace Slipway.Build.Docker;

/// <summary>One call of <c>docker build</c> or <c>docker buildx build</c>.</summary>
/// <param name="Request">What is built.</param>
/// <param name="Reference">The engine's name for the result.</param>
/// <param name="Dockerfile">Absolute.</param>
/// <param name="Folder">The build context, absolute.</param>
/// <param name="Environment">Variables of the command.</param>
/// <param name="Archive">Where an image for several platforms goes, absolute; null: into the engine.</param>
internal sealed record DockerBuildCall(
    ImageBuildRequest Request, string Reference, string Dockerfile, string Folder, IReadOnlyDictionary<string, string> Environment, string? Archive)
{
    /// <summary>Runs it to its end.</summary>
    public void Run(ICakeContext cake, bool buildx, DockerTranscript transcript)
    {
        // Unlike the path of DockerBuild, that of buildx goes to the command line as it is.
        if (buildx) cake.DockerBuildXBuild(transcript.Attach(BuildX()), $"\"{Folder}\"");
        else cake.DockerBuild(transcript.Attach(Classic()), Folder);
    }

    private string[]? Arguments => Request.BaseImage is null ? null : [$"BASE_IMAGE={Request.BaseImage}"];

    private string[] Labels => [.. Request.Labels.Select(label => $"{label.Key}={label.Value}")];

    /// <summary>The engine's own store holds no image of several platforms, so that one becomes an archive, which Push sends without the engine.</summary>
    private DockerBuildXBuildSettings BuildX() => new()
    {
        BuildArg = Arguments,
        File = Dockerfile,
        Label = Labels,
        Platform = [.. ImagePlatforms.Of(Request.Platform)],
        Tag = [Reference],
        Load = Archive is null,
        Output = Archive is null ? null : [$"type=oci,dest={Archive}"],
        EnvironmentVariables = new Dictionary<string, string>(Environment) { ["BUILDX_NO_DEFAULT_ATTESTATIONS"] = "1" },
    };

    private DockerImageBuildSettings Classic() => new()
    {
        BuildArg = Arguments,
        File = Dockerfile,
        Label = Labels,
        Platform = Request.Platform,
        Tag = [Reference],
        EnvironmentVariables = new Dictionary<string, string>(Environment),
    };
}
