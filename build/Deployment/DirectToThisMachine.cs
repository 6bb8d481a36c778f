using System.Net;

namespace Slipway.Deployment;

/// <summary>The user's proxy, but never for this machine: a company's proxy cannot reach what listens on loopback.</summary>
internal sealed class DirectToThisMachine(IWebProxy proxy) : IWebProxy
{
    public ICredentials? Credentials { get => proxy.Credentials; set => proxy.Credentials = value; }

    public Uri? GetProxy(Uri destination) => destination.IsLoopback ? null : proxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.IsLoopback || proxy.IsBypassed(host);
}
