using System.Globalization;
using System.Net;
using System.Text;

namespace Slipway.Deployment.Tests.Support;

/// <summary>Answers every request on loopback with one text: GitHub's token endpoint, or a proxy's page; keeps what was asked.</summary>
internal sealed class OneAnswer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly List<string> _asked = [];
    private readonly Task _serving;

    public OneAnswer(string answer, string type = "application/json")
    {
        Address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Ports.Free()}");
        _listener.Prefixes.Add($"{Address}/");
        _listener.Start();
        _serving = ServeAsync(Encoding.UTF8.GetBytes(answer), type);
    }

    public string Address { get; }

    /// <summary>"GET /path?query, Authorization".</summary>
    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (_asked) return [.. _asked];
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync(byte[] answer, string type)
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            lock (_asked) _asked.Add($"{context.Request.HttpMethod} {context.Request.RawUrl}, {context.Request.Headers["Authorization"]}");
            context.Response.ContentType = type;
            await context.Response.OutputStream.WriteAsync(answer);
            context.Response.Close();
        }
    }
}
