namespace Slipway.ModelGenerator;

/// <summary>Wrong arguments or an unusable model: the message is for the person at the keyboard.</summary>
internal sealed class UsageException(string message) : Exception(message);
