using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;

namespace Amazon.JsonProtocol;

/// <summary>
/// A service's endpoint rules. Partitions, their DNS suffixes and what they support are the SDK core's own data; only host prefixes differ
/// from service to service.
/// </summary>
/// <param name="Standard">Host prefix, such as "ecs" or "api.ecr".</param>
/// <param name="Fips">Host prefix of the FIPS endpoint.</param>
/// <param name="DualStack">Host prefix of the dual-stack endpoint.</param>
/// <param name="FipsDualStack">Host prefix of the FIPS dual-stack endpoint.</param>
public sealed record ServiceEndpoints(string Standard, string Fips, string DualStack, string FipsDualStack) : IEndpointProvider
{
    /// <summary>Regions whose standard endpoint is the FIPS endpoint, too.</summary>
    public IReadOnlySet<string> FipsByDefault { get; init; } = new HashSet<string>();

    /// <summary>ECR's rules name a host even where the partition says that it lacks FIPS or dual stack.</summary>
    public bool IgnoresPartitionSupport { get; init; }

    /// <inheritdoc />
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var fips = parameters["UseFIPS"] is true;
        var dualStack = parameters["UseDualStack"] is true;
        if (parameters["Endpoint"] is string { Length: > 0 } custom)
        {
            if (fips) throw Refused("FIPS and custom endpoint are not supported");
            if (dualStack) throw Refused("Dualstack and custom endpoint are not supported");
            return new Endpoint(custom);
        }

        if (parameters["Region"] is not string { Length: > 0 } region) throw Refused("Missing Region");
        return new Endpoint($"https://{Host(region, fips, dualStack)}");
    }

    private string Host(string region, bool fips, bool dualStack)
    {
        var partition = Fn.Partition(region);
        if (!IgnoresPartitionSupport)
        {
            if (fips && !Supports(partition, "supportsFIPS")) throw Refused($"FIPS is enabled but the partition of '{region}' does not support FIPS");
            if (dualStack && !Supports(partition, "supportsDualStack"))
                throw Refused($"DualStack is enabled but the partition of '{region}' does not support DualStack");
        }

        var prefix = (fips, dualStack) switch
        {
            (true, true) => FipsDualStack,
            (true, false) => FipsByDefault.Contains(region) ? Standard : Fips,
            (false, true) => DualStack,
            (false, false) => Standard,
        };
        return $"{prefix}.{region}.{Fn.GetAttr(partition, dualStack ? "dualStackDnsSuffix" : "dnsSuffix")}";
    }

    private static bool Supports(object partition, string feature) => Fn.GetAttr(partition, feature) is true;

    private static AmazonClientException Refused(string reason) => new($"Invalid Configuration: {reason}");
}
