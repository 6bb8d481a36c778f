using System.Net;

namespace Slipway.LocalCloud.FrontDoor;

/// <summary>A task that may get requests.</summary>
internal sealed class Target(string taskId, string targetGroup, IPEndPoint endPoint)
{
    public string TaskId { get; } = taskId;

    public string TargetGroup { get; } = targetGroup;

    public IPEndPoint EndPoint { get; } = endPoint;

    /// <summary>Checked and not leaving.</summary>
    public bool InService { get; set; } = true;

    /// <summary>Requests that it works on.</summary>
    public int InFlight { get; set; }

    /// <summary>Ends when it leaves and works on nothing; null while it stays.</summary>
    public TaskCompletionSource? Idle { get; set; }
}
