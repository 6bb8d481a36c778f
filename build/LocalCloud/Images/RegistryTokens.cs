using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Slipway.LocalCloud.State;

namespace Slipway.LocalCloud.Images;

/// <summary>
/// Passwords of the registry's user "AWS". They carry their own end and are sealed with a key of the state folder,
/// so that a login outlives a restart as it does on AWS.
/// </summary>
internal sealed class RegistryTokens(StateFolder state, TimeProvider time)
{
    public const string User = "AWS";

    private const string KeyFile = "token-key";
    private const int SealedBytes = 8 + 16;

    private readonly Lazy<byte[]> key = new(() => OpenKey(state));

    /// <summary>A password for the next 12 hours.</summary>
    public (string Password, DateTimeOffset ExpiresAt) Issue()
    {
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds((time.GetUtcNow() + TimeSpan.FromHours(12)).ToUnixTimeSeconds());
        var token = new byte[SealedBytes + 32];
        BinaryPrimitives.WriteInt64BigEndian(token, expiresAt.ToUnixTimeSeconds());
        RandomNumberGenerator.Fill(token.AsSpan(8, 16));
        HMACSHA256.HashData(key.Value, token.AsSpan(0, SealedBytes), token.AsSpan(SealedBytes));
        return (Base64Url.EncodeToString(token), expiresAt);
    }

    public bool IsGood(string password)
    {
        var token = new byte[SealedBytes + 32];
        if (password.Length > 200 || !Base64Url.IsValid(password) || !Base64Url.TryDecodeFromChars(password, token, out var length) || length != token.Length) return false;
        var seal = HMACSHA256.HashData(key.Value, token.AsSpan(0, SealedBytes));
        return CryptographicOperations.FixedTimeEquals(seal, token.AsSpan(SealedBytes)) &&
            BinaryPrimitives.ReadInt64BigEndian(token) > time.GetUtcNow().ToUnixTimeSeconds();
    }

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
