using System.Net.Http.Headers;
using System.Text;

namespace Slipway.LocalCloud.Tests.Support;

/// <summary>The header of the registry's user AWS.</summary>
internal static class BasicLogin
{
    public static AuthenticationHeaderValue Header(string password, string user = "AWS") =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
}
