using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Preflight;

namespace Slipway.Build.Output;

/// <summary>Leaves a verification where programs find it, <c>verify.json</c>, and on the job's summary.</summary>
internal sealed class VerifyFiles(RepositoryRoot root, ConsoleReport report)
{
    // Settings that are refused name no environment that could be trusted.
    private const string Unknown = "unknown";

    public void Write(Verification verification)
    {
        var environment = verification.Environment ?? Unknown;
        var folder = new ArtifactStore(root.FullPath, environment, $"artifacts/verify/{environment}");
        folder.WriteText("verify.json", VerificationJson.Write(verification));
        report.Fact($"Written to '{folder.PathOf("verify.json")}'.");
        report.Summary?.Append(VerificationMarkdown.Write(verification));
    }
}
