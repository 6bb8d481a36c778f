namespace Slipway.LocalCloud.Runtime;

/// <summary>An engine that answered.</summary>
/// <param name="Version">Of the server.</param>
/// <param name="LimitsMemory">Whether its kernel can limit a container's memory.</param>
/// <param name="LimitsCpu">Whether its kernel can limit a container's share of a CPU.</param>
internal sealed record DockerEngine(string Version, bool LimitsMemory, bool LimitsCpu);
