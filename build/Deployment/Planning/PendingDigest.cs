using System.Security.Cryptography;

namespace Slipway.Deployment.Planning;

/// <summary>
/// Stands for the digest of an image that is not in the registry yet. It has a digest's form, so that the use cases that a plan runs need not
/// know of it, and is never shown: every text of a plan goes through <see cref="Show"/>.
/// </summary>
internal static class PendingDigest
{
    /// <summary>What a person reads in its place.</summary>
    public const string Words = "(digest known after the push)";

    /// <summary>The digest of a text that is no image.</summary>
    public static string Value { get; } = "sha256:" + Convert.ToHexStringLower(SHA256.HashData("the digest of an image that is not pushed yet"u8));

    /// <summary>Whether a digest is the one that is not known.</summary>
    public static bool Is(string? digest) => digest == Value;

    /// <summary>The text as a person may see it.</summary>
    public static string Show(string text) => text.Replace(Value, Words, StringComparison.Ordinal);
}
