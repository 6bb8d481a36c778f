using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Slipway.LocalCloud.Hosting;

/// <summary>
/// The two listening sockets, bound before anything else starts: a port in use is found at once, and every part knows the real ports from the beginning.
/// </summary>
internal sealed class Listeners : IDisposable
{
    private readonly Dictionary<int, Socket> sockets = [];

    private Listeners(Socket api, Socket frontDoor)
    {
        Ports = new BoundPorts(PortOf(api), PortOf(frontDoor));
        sockets[Ports.Api] = api;
        sockets[Ports.FrontDoor] = frontDoor;
    }

    public BoundPorts Ports { get; }

    public static Listeners Bind(LocalCloudOptions options)
    {
        var api = Bind(options.Port, "the APIs", "--port");
        try
        {
            return new Listeners(api, Bind(options.FrontDoorPort, "the front door", "--front-door"));
        }
        catch (StartException)
        {
            api.Dispose();
            throw;
        }
    }

    /// <summary>Kestrel takes a socket over, and closes it.</summary>
    public Socket Take(EndPoint endPoint) => sockets.Remove(((IPEndPoint)endPoint).Port, out var socket)
        ? socket
        : throw new InvalidOperationException($"No socket is bound to {endPoint}.");

    public void Dispose()
    {
        foreach (var socket in sockets.Values) socket.Dispose();
    }

    private static Socket Bind(int port, string what, string option)
    {
        try
        {
            return (Socket)SocketTransportOptions.CreateDefaultBoundListenSocket(new IPEndPoint(IPAddress.Loopback, port));
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            var holder = PortHolder.Find(port) ?? "another program";
            throw new StartException($"port {port} for {what} is in use by {holder}. Try: stop it, or choose another port with {option}.", error);
        }
        catch (SocketException error)
        {
            throw new StartException($"port {port} for {what} cannot be listened on: {error.Message}. Try: choose another port with {option}.", error);
        }
    }

    private static int PortOf(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;
}
