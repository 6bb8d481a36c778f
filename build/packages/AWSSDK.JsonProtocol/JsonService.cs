using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.JsonProtocol;

/// <summary>Makes the exception of one error code.</summary>
public delegate AmazonServiceException ServiceErrorFactory(
    string? message, Exception? inner, ErrorType type, string? code, string? requestId, HttpStatusCode status);

/// <summary>What tells one AWS JSON 1.1 service from another.</summary>
public sealed class JsonService : IServiceMetadata
{
    /// <summary>"ECS": names the variable AWS_ENDPOINT_URL_ECS and the user agent.</summary>
    public required string ServiceId { get; init; }

    /// <summary>Part of the credential scope that is signed.</summary>
    public required string SigningName { get; init; }

    /// <summary>The part of X-Amz-Target before the dot.</summary>
    public required string TargetPrefix { get; init; }

    /// <summary>The date that versions the API.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>Host names by region, FIPS and dual stack.</summary>
    public required ServiceEndpoints Endpoints { get; init; }

    /// <summary>The exceptions by error code.</summary>
    public required IReadOnlyDictionary<string, ServiceErrorFactory> Errors { get; init; }

    /// <summary>The error codes by operation. As upstream has it, a code is typed only where the model lists it for the operation.</summary>
    public required IReadOnlyDictionary<string, string[]> OperationErrors { get; init; }

    /// <summary>The exception for every other code.</summary>
    public required ServiceErrorFactory OtherError { get; init; }

    /// <summary>Operations that the SDK core would have to know by another name: none.</summary>
    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();

    internal ServiceErrorFactory Error(string operation, string? code) =>
        code is not null && OperationErrors.TryGetValue(operation, out var codes) && codes.Contains(code) ? Errors[code] : OtherError;
}
