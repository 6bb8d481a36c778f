using Slipway.Deployment.Rollouts.Failures;

namespace Slipway.Deployment.Aws;

/// <summary>What the services' error codes mean for the person who deploys. Pure.</summary>
internal static class AwsErrorCodes
{
    /// <summary>Whether the service asks for fewer calls.</summary>
    public static bool IsThrottling(string code, string? message) =>
        code.Contains("Throttl", StringComparison.OrdinalIgnoreCase)
        || code is "TooManyRequestsException" or "RequestLimitExceeded" or "SlowDown" or "BandwidthLimitExceeded"
        || message?.Contains("Too many concurrent attempts", StringComparison.OrdinalIgnoreCase) == true
        || message?.Contains("Rate exceeded", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Whether it is the caller who is refused, not what was asked.</summary>
    public static bool IsAboutCredentials(string code) => code
        is "ExpiredToken" or "ExpiredTokenException" or "TokenRefreshRequired" or "RequestExpired" or "RequestTimeTooSkewed" or "RequestInTheFuture"
        or "UnrecognizedClientException" or "InvalidClientTokenId" or "InvalidSignatureException" or "SignatureDoesNotMatch"
        or "AuthFailure" or "MissingAuthenticationTokenException" or "IncompleteSignatureException";

    /// <summary>Whether the endpoint does not know what it was asked: an emulator, or another service.</summary>
    public static bool IsNotOffered(string code, string? message) => code
        is "UnknownOperationException" or "UnknownOperation" or "InvalidAction" or "NotImplemented" or "NotImplementedException" or "NotImplementedError"
        || message?.Contains("scoped to correct service", StringComparison.Ordinal) == true;

    /// <summary>How the process ends, and what to try.</summary>
    public static (ExitCode ExitCode, string? Remedy) Explain(string code, string? message, AwsOperation operation, string region) => code switch
    {
        "ExpiredToken" or "ExpiredTokenException" or "TokenRefreshRequired" =>
            Precondition("the session has ended: get new credentials (aws sso login, or a new AWS_SESSION_TOKEN) and run again"),
        "RequestExpired" or "RequestTimeTooSkewed" or "RequestInTheFuture" => Precondition("set this machine's clock"),
        "InvalidSignatureException" or "SignatureDoesNotMatch" when message?.Contains("expired", StringComparison.OrdinalIgnoreCase) == true =>
            Precondition("set this machine's clock"),
        "InvalidSignatureException" or "SignatureDoesNotMatch" when message?.Contains("valid region", StringComparison.OrdinalIgnoreCase) == true =>
            Precondition($"correct the region '{region}': the setting 'region', AWS_REGION or AWS_DEFAULT_REGION"),
        "UnrecognizedClientException" or "InvalidClientTokenId" or "InvalidSignatureException" or "SignatureDoesNotMatch"
            or "AuthFailure" or "MissingAuthenticationTokenException" or "IncompleteSignatureException" =>
            Precondition("check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN: they must belong together and be active"),
        "OptInRequired" => Precondition($"enable region {region} for the account"),
        _ when FailureCatalogue.Find($"{code}: {message}", null, FailureSource.Api, region) is { } rule =>
            Precondition(FailureNames.Fill(rule.Remedy, message ?? "", region)),
        _ when code.Contains("AccessDenied", StringComparison.Ordinal) || code.Contains("Unauthorized", StringComparison.Ordinal) =>
            Precondition($"allow the caller {operation.Permission}"),
        "RepositoryNotFoundException" => Precondition(
            $"create the repository with --create-repository (or: aws ecr create-repository --repository-name {operation.Id} --region {region}), or correct the setting 'repository'"),
        "ClusterNotFoundException" => Precondition("correct the settings 'cluster' and 'region', or create the cluster"),
        "ServiceNotFoundException" or "ServiceNotActiveException" => Precondition("correct the settings 'service' and 'cluster', or create the service"),
        "ResourceNotFoundException" => Precondition("check the name and the region"),
        "LimitExceededException" => Precondition("ask for a higher quota, or remove what is not needed"),
        "ClientException" or "InvalidParameterException" or "ValidationException" or "SerializationException"
            or "PlatformUnknownException" or "PlatformTaskDefinitionIncompatibilityException" or "UnsupportedFeatureException" =>
            (ExitCode.InvalidInput, operation.Noun == "task definition"
                ? "correct the task definition, then run --target=RenderTaskDef"
                : "correct the settings"),
        _ => Precondition("look the code up in the service's API reference"),
    };

    private static (ExitCode ExitCode, string? Remedy) Precondition(string remedy) => (ExitCode.PreconditionFailed, remedy);
}
