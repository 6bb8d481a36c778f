namespace Slipway.LocalCloud.BaseImage;

/// <summary>The base image cannot be made; the message says why and what to do.</summary>
internal sealed class BaseImageException(string message, Exception? inner = null) : Exception(message, inner);
