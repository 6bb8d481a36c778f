namespace Slipway.Deployment;

/// <summary>A plan was about to change something: a bug of this program, told as one, and nothing was sent.</summary>
public sealed class NotReadOnlyException(string request)
    : Exception($"A plan reads only, and would have sent {request}. It was not sent.");
