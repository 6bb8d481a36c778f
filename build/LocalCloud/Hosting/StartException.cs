namespace Slipway.LocalCloud.Hosting;

/// <summary>Why the cloud cannot start here: a port or the state folder is in use. The message names the holder and a remedy.</summary>
internal sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);
