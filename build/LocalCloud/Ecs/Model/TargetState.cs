namespace Slipway.LocalCloud.Ecs.Model;

/// <summary>A task as the load balancer sees it.</summary>
internal enum TargetState
{
    /// <summary>Not registered.</summary>
    None,

    /// <summary>Registered, not yet checked with success.</summary>
    Initial,

    /// <summary>Gets requests.</summary>
    Healthy,

    /// <summary>Checked without success too often.</summary>
    Unhealthy,

    /// <summary>Finishes its requests, gets no new ones.</summary>
    Draining,
}
