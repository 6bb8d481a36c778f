using System.Net;
using Slipway.LocalCloud.Images;
using Slipway.LocalCloud.Runtime;

namespace Slipway.LocalCloud.Tests.Runtime;

internal static class Requests
{
    public static ContainerRequest New() => new()
    {
        TaskId = "0123456789abcdef0123456789abcdef",
        Name = "app",
        Image = new ResolvedImage("sha256:1", "127.0.0.1:4570/app@sha256:1", "{}", []),
        Address = IPAddress.Loopback,
        Output = _ => { },
    };
}
