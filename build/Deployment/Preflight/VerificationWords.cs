namespace Slipway.Deployment.Preflight;

/// <summary>The words that console, page and file share. Pure.</summary>
public static class VerificationWords
{
    /// <summary>"OK", "NG" or "SKIP".</summary>
    public static string State(CheckState state) => state switch
    {
        CheckState.Ok => "OK",
        CheckState.Ng => "NG",
        _ => "SKIP",
    };

    /// <summary>"Try" for what must be done, "Advice" for what may be.</summary>
    public static string RemedyLabel(CheckNode node) => node.State == CheckState.Ng ? "Try" : "Advice";

    /// <summary>"production, account 123456789012, region us-east-1".</summary>
    public static string Place(Verification verification) => verification.Environment is { } environment
        ? $"{environment}, account {verification.AccountId ?? "not known"}, region {verification.Region}"
        : "settings that are refused";
}
