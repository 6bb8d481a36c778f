using System.Net;
using System.Text;
using System.Threading.Channels;

namespace Slipway.LocalCloud.Tests.FrontDoor;

/// <summary>A request's body that a test writes line by line.</summary>
internal sealed class OpenContent : HttpContent
{
    private readonly Channel<byte[]> pieces = Channel.CreateUnbounded<byte[]>();

    public ValueTask WriteAsync(string text) => pieces.Writer.WriteAsync(Encoding.UTF8.GetBytes(text));

    public void End() => pieces.Writer.TryComplete();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await foreach (var piece in pieces.Reader.ReadAllAsync())
        {
            await stream.WriteAsync(piece);
            await stream.FlushAsync();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
