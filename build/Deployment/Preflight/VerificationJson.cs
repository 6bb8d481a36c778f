using Newtonsoft.Json.Linq;
using Slipway.Deployment.Artifacts;

namespace Slipway.Deployment.Preflight;

/// <summary>A verification as <c>verify.json</c>, for programs. Pure.</summary>
public static class VerificationJson
{
    /// <summary>The shape's number: raised where a member goes or changes its meaning.</summary>
    public const int Schema = 1;

    /// <summary>The document: two spaces, LF, a line end at the end.</summary>
    public static string Write(Verification verification)
    {
        var root = new JObject
        {
            ["schema"] = Schema,
            ["environment"] = verification.Environment,
            ["region"] = verification.Region,
            ["accountId"] = verification.AccountId,
            ["exitCode"] = (int)verification.ExitCode,
            ["summary"] = verification.Summary,
            ["checks"] = Nodes(verification.Groups),
        };
        return JsonText.Write(root);
    }

    private static JArray Nodes(IEnumerable<CheckNode> nodes) => [.. nodes.Select(node => new JObject
    {
        ["name"] = node.Name,
        ["state"] = VerificationWords.State(node.State),
        ["found"] = node.Found,
        ["remedy"] = node.Remedy,
        ["checks"] = Nodes(node.Children),
    })];
}
