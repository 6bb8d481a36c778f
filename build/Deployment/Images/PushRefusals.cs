using System.Text.RegularExpressions;
using Slipway.Deployment.Reporting;

namespace Slipway.Deployment.Images;

/// <summary>Reads what a registry, or an engine between, says of a push that it did not take. Pure.</summary>
/// <remarks>Source: Amazon ECR's user guide on errors of Docker commands, the distribution specification's error codes, and the words of Docker's CLI.</remarks>
public static partial class PushRefusals
{
    private const int LongestWords = 600;
    private const string Again = "run the same command: what has arrived is not sent again";

    // The first that fits counts: what says more stands before what says less.
    private static readonly (string[] Words, PushRefusalKind Kind, string Remedy)[] Rules =
    [
        (["because the repository is immutable", "tag is immutable", "immutable tag"], PushRefusalKind.TagTaken,
            "leave out --rebuild to use the image that is there, or choose another tag with --image-tag"),
        (["authorization token has expired", "no basic auth credentials", "authentication required", "HTTP 401", "unauthorized:"], PushRefusalKind.LoginEnded,
            "log in again with --target=EcrLogin"),
        (["is not authorized to perform", "denied:", "DENIED", "HTTP 403"], PushRefusalKind.Final,
            "allow this identity to push: ecr:BatchCheckLayerAvailability, ecr:InitiateLayerUpload, ecr:UploadLayerPart, ecr:CompleteLayerUpload, ecr:PutImage"),
        (["name unknown", "NAME_UNKNOWN", "RepositoryNotFound", "HTTP 404"], PushRefusalKind.Final,
            "create the repository with --create-repository, or correct its name with --repository"),
        (["LimitExceeded", "quota", "exceeds the limit", "too large", "TOO_LARGE", "SIZE_INVALID", "HTTP 413"], PushRefusalKind.Final,
            "make the image smaller, or ask for a higher quota of Amazon ECR"),
        (["no space left on device"], PushRefusalKind.Final, "free some space where the engine keeps its images, then run the same command"),
        (["certificate", "http: server gave HTTP response to HTTPS client"], PushRefusalKind.Final,
            "let the engine trust the registry: its certificate, or 'insecure-registries' of the engine for one without"),
        (["EOF", "connection reset", "connection refused", "broken pipe", "i/o timeout", "TLS handshake timeout", "request canceled", "no such host",
            "network is unreachable", "use of closed network connection", "toomanyrequests", "Rate exceeded", "HTTP 429", "HTTP 5",
            "unexpected HTTP status: 5", "unexpected http status: 5", "Service Unavailable", "Bad Gateway", "Internal Server Error"], PushRefusalKind.Passing, Again),
    ];

    /// <summary>Reads the output of a push, or the one sentence of a client.</summary>
    /// <param name="lines">As they came; the last one that a rule knows is the reason, else the last one.</param>
    public static PushRefusal Read(IEnumerable<string> lines)
    {
        var said = lines.Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
        var reason = said.LastOrDefault(line => Find(line) is not null) ?? said.LastOrDefault() ?? "nothing was said";
        var words = PlainText.Of(reason, LongestWords);
        if (Find(reason) is not { } rule) return new PushRefusal(PushRefusalKind.Final, words, Again);
        var right = MissingRight().Match(reason);
        return new PushRefusal(rule.Kind, words, right.Success ? $"allow this identity {right.Groups["right"].Value}" : rule.Remedy);
    }

    private static (PushRefusalKind Kind, string Remedy)? Find(string line)
    {
        foreach (var (words, kind, remedy) in Rules)
        {
            if (Array.Exists(words, word => line.Contains(word, StringComparison.Ordinal))) return (kind, remedy);
        }

        return null;
    }

    [GeneratedRegex(@"not authorized to perform: (?<right>ecr(-public)?:[A-Za-z]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex MissingRight();
}
