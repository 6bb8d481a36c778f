using Slipway.Deployment.Settings;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>The host of a private ECR registry: "123456789012.dkr.ecr.us-east-1.amazonaws.com".</summary>
internal sealed record EcrHost(string Account, string Region)
{
    /// <summary>The domains of the partitions, and those of endpoints with IPv6.</summary>
    private static readonly string[] Domains =
    [
        ".amazonaws.com", ".amazonaws.com.cn", ".c2s.ic.gov", ".sc2s.sgov.gov", ".cloud.adc-e.uk", ".csp.hci.ic.gov", ".amazonaws.eu", ".on.aws",
        ".on.amazonwebservices.com.cn",
    ];

    /// <summary>The host's parts; null for every other host, of which nothing is known.</summary>
    public static EcrHost? Parse(string? host)
    {
        if (host is null || host.Length < 12 || !SettingFormats.IsAccountId(host[..12])) return null;
        foreach (var domain in Domains)
        {
            if (!host.EndsWith(domain, StringComparison.Ordinal)) continue;
            var middle = host[12..^domain.Length];
            foreach (var service in new[] { ".dkr.ecr.", ".dkr.ecr-fips.", ".dkr-ecr.", ".dkr-ecr-fips." })
            {
                if (!middle.StartsWith(service, StringComparison.Ordinal)) continue;
                var region = middle[service.Length..];
                return region.Length > 0 && !region.Contains('.', StringComparison.Ordinal) ? new EcrHost(host[..12], region) : null;
            }
        }

        return null;
    }
}
