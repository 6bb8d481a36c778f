namespace Cake.Docker;

/// <summary>The options of <c>docker logout</c>.</summary>
public sealed class DockerRegistryLogoutSettings : AutoToolSettings;
