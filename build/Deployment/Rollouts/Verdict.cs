namespace Slipway.Deployment.Rollouts;

/// <summary>How a deployment ended, as <c>outcome.json</c> calls it.</summary>
public static class Verdict
{
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";
    public const string RolledBack = "rolled-back";
    public const string Superseded = "superseded";
    public const string TimedOut = "timed-out";
    public const string Cancelled = "cancelled";
    public const string NothingToDo = "nothing-to-do";
}
