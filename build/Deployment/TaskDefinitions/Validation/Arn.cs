using System.Diagnostics.CodeAnalysis;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>An Amazon Resource Name: "arn:partition:service:region:account:resource".</summary>
/// <param name="Partition">"aws", "aws-cn", "aws-us-gov", "aws-iso", …</param>
/// <param name="Service">"iam", "secretsmanager", …</param>
/// <param name="Region">Empty for services without regions.</param>
/// <param name="Account">Twelve digits; empty for S3.</param>
/// <param name="Resource">All that follows, colons included.</param>
internal sealed record Arn(string Partition, string Service, string Region, string Account, string Resource)
{
    private const int Longest = 2048;

    /// <summary>Whether it names an IAM role, with or without a path.</summary>
    public bool IsRole => Service == "iam" && Region.Length == 0 && Account.Length == 12
        && Resource.StartsWith("role/", StringComparison.Ordinal) && Resource.Length > 5 && Resource[^1] != '/'
        && Characters.AreAll(Resource.AsSpan(5), c => char.IsAsciiLetterOrDigit(c) || c is '_' or '+' or '=' or ',' or '.' or '@' or '/' or '-');

    public static bool TryParse(string? text, [NotNullWhen(true)] out Arn? arn)
    {
        arn = null;
        if (text is null || text.Length > Longest || !text.StartsWith("arn:aws", StringComparison.Ordinal)) return false;
        var parts = text.Split(':', 6);
        if (parts.Length != 6 || parts[2].Length == 0 || parts[5].Length == 0) return false;
        if (!IsLower(parts[1]) || !IsLower(parts[3])) return false;
        if (parts[4].Length > 0 && !SettingFormats.IsAccountId(parts[4])) return false;
        arn = new Arn(parts[1], parts[2], parts[3], parts[4], parts[5]);
        return true;
    }

    private static bool IsLower(string text) => Characters.AreAll(text, c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
