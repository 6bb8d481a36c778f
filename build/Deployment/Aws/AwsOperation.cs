namespace Slipway.Deployment.Aws;

/// <summary>A call, in the words of its error messages.</summary>
/// <param name="Permission">"ecs:UpdateService".</param>
/// <param name="Verb">"update".</param>
/// <param name="Noun">"service".</param>
/// <param name="Id">"stream-ml-service-1".</param>
internal sealed record AwsOperation(string Permission, string Verb, string Noun, string Id)
{
    /// <summary>Whether doing it twice makes two of something: then it is not repeated where it may have been done, and its answer was lost.</summary>
    public bool Doubles { get; init; }

    /// <summary>"failed to update service 'x'".</summary>
    public string Failed => $"failed to {Verb} {Noun} '{Id}'";

    /// <summary>What to throw where an answer lacks what it must hold.</summary>
    public SlipwayException Incomplete(string what) => new(
        ExitCode.PreconditionFailed, $"{Failed}: the answer holds no {what}.", "check AWS_ENDPOINT_URL and HTTPS_PROXY: does a service of AWS answer, or a proxy's page?");
}
