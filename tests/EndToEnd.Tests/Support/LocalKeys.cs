namespace Slipway.EndToEnd.Tests.Support;

/// <summary>Who may call an embedded cloud, and where it says it is.</summary>
internal static class LocalKeys
{
    public const string Id = "LOCALCLOUDACCESSKEY1";
    public const string Secret = "local-cloud-is-not-a-secret";
    public const string Region = "us-east-1";
}
