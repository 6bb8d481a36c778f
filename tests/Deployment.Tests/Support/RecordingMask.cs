using Slipway.Deployment.Reporting;

namespace Slipway.Deployment.Tests.Support;

/// <summary>Keeps what was hidden, in order.</summary>
internal sealed class RecordingMask : ISecretMask
{
    public List<string> Secrets { get; } = [];

    public void Mask(string secret) => Secrets.Add(secret);
}
