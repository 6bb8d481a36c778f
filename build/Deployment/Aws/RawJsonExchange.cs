using System.Text;

namespace Slipway.Deployment.Aws;

/// <summary>What one call sends and receives, byte for byte.</summary>
public sealed class RawJsonExchange
{
    private ReadOnlyMemory<byte>? response;

    internal RawJsonExchange(ReadOnlyMemory<byte>? document) => Document = document;

    /// <summary>What is sent in place of the request's members; null where the members are sent.</summary>
    public ReadOnlyMemory<byte>? Document { get; }

    /// <summary>The body of the successful answer.</summary>
    /// <exception cref="InvalidOperationException">Nothing came, or the client was built before <see cref="RawJson.Install"/>.</exception>
    public ReadOnlyMemory<byte> ResponseBody => response ?? throw new InvalidOperationException(
        "No answer was kept: the call has not succeeded, or its client was built before RawJson.Install().");

    /// <summary>The body of the successful answer as text.</summary>
    /// <exception cref="InvalidOperationException">Nothing came, or the client was built before <see cref="RawJson.Install"/>.</exception>
    public string ResponseText => Encoding.UTF8.GetString(ResponseBody.Span);

    internal void Keep(ReadOnlyMemory<byte> body) => response = body;
}
