using System.Text.RegularExpressions;

namespace Slipway.LocalCloud.Images;

/// <summary>The grammar of names in the registry. What passes here is safe in a path.</summary>
internal static partial class ImageNames
{
    public static bool IsRepository(string name) => name.Length is >= 2 and <= 256 && Repository().IsMatch(name);

    public static bool IsTag(string tag) => Tag().IsMatch(tag);

    /// <summary>SHA-256 only: the one algorithm that every client of this registry uses.</summary>
    public static bool IsDigest(string digest) => Digest().IsMatch(digest);

    [GeneratedRegex(@"\A[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Repository();

    [GeneratedRegex(@"\A[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}\z")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\Asha256:[0-9a-f]{64}\z")]
    private static partial Regex Digest();
}
