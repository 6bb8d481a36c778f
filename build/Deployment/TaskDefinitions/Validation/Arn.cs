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
        Span<Range> parts = stackalloc Range[6];
        if (text.AsSpan().Split(parts, ':') != parts.Length) return false;
        var read = new Arn(text[parts[1]], text[parts[2]], text[parts[3]], text[parts[4]], text[parts[5]]);
        if (read.Service.Length == 0 || read.Resource.Length == 0 || !IsLower(read.Partition) || !IsLower(read.Region)) return false;
        if (read.Account.Length > 0 && !SettingFormats.IsAccountId(read.Account)) return false;
        arn = read;
        return true;
    }

    private static bool IsLower(string text) => Characters.AreAll(text, c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
