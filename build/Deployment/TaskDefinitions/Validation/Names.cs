using System.Buffers;
using Slipway.Deployment.TaskDefinitions.Model;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>The forms of names of <see cref="MemberLimits"/>, checked without an expression engine, which would take longer to start than a document to check.</summary>
internal static class Names
{
    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
    private static readonly SearchValues<char> LowerLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <param name="text">A name.</param>
    /// <param name="pattern">One of the patterns of <see cref="MemberLimits"/>.</param>
    public static bool Matches(string text, string pattern) => pattern == MemberLimits.PortNamePattern
        ? text.Length is > 0 and <= 64 && text[0] != '-' && text.AsSpan().IndexOfAnyExcept(LowerLetters) < 0
        : text.Length is > 0 and <= 255 && text.AsSpan().IndexOfAnyExcept(Letters) < 0;

    public static string Words(string pattern) => pattern == MemberLimits.PortNamePattern
        ? "1 to 64 lower case letters, digits, '-' and '_', not first '-'"
        : "1 to 255 letters, digits, '-' and '_'";
}
