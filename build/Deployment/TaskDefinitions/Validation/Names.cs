using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions.Model;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>The forms of names of <see cref="MemberLimits"/>, checked without an expression engine, which would take longer to start than a document to check.</summary>
internal static class Names
{
    /// <param name="text">A name.</param>
    /// <param name="pattern">One of the patterns of <see cref="MemberLimits"/>.</param>
    public static bool Matches(string text, string pattern) => pattern == MemberLimits.PortNamePattern
        ? text.Length is > 0 and <= 64 && text[0] != '-' && Characters.AreAll(text, c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-')
        : SettingFormats.IsEcsName(text);

    public static string Words(string pattern) => pattern == MemberLimits.PortNamePattern
        ? "1 to 64 lower case letters, digits, '-' and '_', not first '-'"
        : "1 to 255 letters, digits, '-' and '_'";
}
