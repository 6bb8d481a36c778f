namespace Cake.Docker;

/// <summary>The options of <c>any other command</c>.</summary>
public sealed class DockerCustomCommandSettings : AutoToolSettings;
