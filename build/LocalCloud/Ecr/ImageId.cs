using System.Text.Json.Nodes;
using Slipway.LocalCloud.Protocol;

namespace Slipway.LocalCloud.Ecr;

/// <summary>ECR's ImageIdentifier.</summary>
internal sealed record ImageId(string? Digest, string? Tag)
{
    public static ImageId Read(JsonObject input) => new(input.Text("imageDigest"), input.Text("imageTag"));

    public JsonObject Answer()
    {
        var answer = new JsonObject();
        if (Digest is not null) answer["imageDigest"] = Digest;
        if (Tag is not null) answer["imageTag"] = Tag;
        return answer;
    }
}
