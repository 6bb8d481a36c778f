using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace Slipway.Deployment.Tests.Support;

/// <summary>A registry that answers its first request with headers and no body: an hour passes where somebody reads it.</summary>
internal sealed class HeldBody(HttpStatusCode first, byte[] second) : HttpMessageHandler
{
    /// <summary>For the client; its pauses between attempts are over at once.</summary>
    public Hours Time { get; } = new();

    public int Requests { get; private set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(++Requests == 1
            ? new HttpResponseMessage(first) { Content = new StreamContent(new Held(Time)) }
            : new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new ByteArrayContent(second) { Headers = { ContentType = new(OciImage.ManifestType) } },
            });

    internal sealed class Hours : TimeProvider
    {
        private readonly FakeTimeProvider _limits = new();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            dueTime < TimeSpan.FromMinutes(1)
                ? base.CreateTimer(callback, state, TimeSpan.Zero, period)
                : _limits.CreateTimer(callback, state, dueTime, period);

        public void Pass() => _limits.Advance(TimeSpan.FromHours(1));
    }

    private sealed class Held(Hours time) : MemoryStream
    {
        public override bool CanSeek => false;

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => HoldAsync(cancellationToken);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await HoldAsync(cancellationToken);
            return 0;
        }

        private Task HoldAsync(CancellationToken cancellationToken)
        {
            time.Pass();
            cancellationToken.ThrowIfCancellationRequested();
            throw new AssertionException("a body is read without a limit of time");
        }
    }
}
