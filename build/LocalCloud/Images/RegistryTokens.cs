using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Slipway.LocalCloud.State;

namespace Slipway.LocalCloud.Images;

/// <summary>
/// Passwords of the registry's user "AWS". They carry their own end and are sealed with a key of the state folder,
/// so that a login outlives a restart as it does on AWS.
/// </summary>
internal sealed class RegistryTokens(StateFolder state, TimeProvider time)
{
    public const string User = "AWS";

    /// <summary>How long ECR's passwords hold.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private const string Everything = "";
    private const string KeyFile = "token-key";
    private const int PayloadBytes = 8 + 16;
    private const int SealBytes = 32;

    private readonly Lazy<byte[]> key = new(() => OpenKey(state));

    /// <summary>A password that opens everything.</summary>
    public (string Password, DateTimeOffset ExpiresAt) Issue() => Issue(Everything, Lifetime);

    /// <summary>A token for a URL: it opens this blob and nothing else, for an hour.</summary>
    public string IssueFor(string digest) => Issue(digest, TimeSpan.FromHours(1)).Token;

    public bool IsGood(string password) => IsGood(password, Everything);

    public bool IsGoodFor(string token, string digest) => IsGood(token, digest);

    private (string Token, DateTimeOffset ExpiresAt) Issue(string scope, TimeSpan lifetime)
    {
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds((time.GetUtcNow() + lifetime).ToUnixTimeSeconds());
        var token = new byte[PayloadBytes + SealBytes];
        BinaryPrimitives.WriteInt64BigEndian(token, expiresAt.ToUnixTimeSeconds());
        RandomNumberGenerator.Fill(token.AsSpan(8, 16));
        Seal(token.AsSpan(0, PayloadBytes), scope).CopyTo(token.AsSpan(PayloadBytes));
        return (Base64Url.EncodeToString(token), expiresAt);
    }

    private bool IsGood(string text, string scope)
    {
        var token = new byte[PayloadBytes + SealBytes];
        if (text.Length > 200 || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, token, out var length) || length != token.Length) return false;
        return CryptographicOperations.FixedTimeEquals(Seal(token.AsSpan(0, PayloadBytes), scope), token.AsSpan(PayloadBytes)) &&
            BinaryPrimitives.ReadInt64BigEndian(token) > time.GetUtcNow().ToUnixTimeSeconds();
    }

    private byte[] Seal(ReadOnlySpan<byte> payload, string scope) =>
        HMACSHA256.HashData(key.Value, (byte[])[.. payload, .. Encoding.UTF8.GetBytes(scope)]);

    private static byte[] OpenKey(StateFolder state)
    {
        var path = Path.Combine(state.Folder("registry"), KeyFile);
        if (File.Exists(path) && File.ReadAllBytes(path) is { Length: 32 } known) return known;
        var fresh = RandomNumberGenerator.GetBytes(32);
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(fresh);
        return fresh;
    }
}
