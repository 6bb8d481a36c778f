namespace Cake.Docker;

/// <summary>The options of <c>docker tag</c>.</summary>
public sealed class DockerImageTagSettings : AutoToolSettings;
