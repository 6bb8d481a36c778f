namespace Slipway.LocalCloud.Hosting;

/// <summary>The ports that are really listened on; known before any service starts.</summary>
internal sealed record BoundPorts(int Api, int FrontDoor)
{
    /// <summary>"127.0.0.1:4570": the registry's address in image references.</summary>
    public string Registry => $"127.0.0.1:{Api}";

    public string Endpoint => $"http://127.0.0.1:{Api}";

    public string FrontDoorEndpoint => $"http://127.0.0.1:{FrontDoor}";
}
