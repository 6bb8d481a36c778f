namespace Slipway.LocalCloud.Runtime;

/// <summary>A container that cannot be started; the message is the reason that ECS shows ("CannotPullContainerError: …").</summary>
internal sealed class ContainerStartException(string reason, Exception? inner = null) : Exception(reason, inner);
