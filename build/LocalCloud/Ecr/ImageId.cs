using System.Text.Json.Nodes;
using Slipway.LocalCloud.Images;
using Slipway.LocalCloud.Protocol;

namespace Slipway.LocalCloud.Ecr;

/// <summary>ECR's ImageIdentifier.</summary>
internal sealed record ImageId(string? Digest, string? Tag)
{
    public static ImageId Read(JsonObject input) => new(input.Text("imageDigest"), input.Text("imageTag"));

    /// <summary>ECR's code for an identifier that cannot name an image; null where it can.</summary>
    public string? Failure => this switch
    {
        { Digest: null, Tag: null } => "MissingDigestAndTag",
        { Digest: { } digest } when !ImageNames.IsDigest(digest) => "InvalidImageDigest",
        { Tag: { } tag } when !ImageNames.IsTag(tag) => "InvalidImageTag",
        _ => null,
    };

    public JsonObject Answer()
    {
        var answer = new JsonObject();
        if (Digest is not null) answer["imageDigest"] = Digest;
        if (Tag is not null) answer["imageTag"] = Tag;
        return answer;
    }
}
