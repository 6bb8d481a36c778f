using System.Security.Cryptography;
using System.Text;

namespace Slipway.Deployment.Tests.Support;

/// <summary>Digests of test data.</summary>
internal static class Digests
{
    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    public static string Of(byte[] content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));
}
