using System.Text.Json.Nodes;

namespace Slipway.LocalCloud.Protocol;

/// <summary>One AWS JSON 1.1 service: the dispatcher has checked signature, target and the input's shape before it calls.</summary>
internal interface IServiceApi
{
    /// <summary>The part of X-Amz-Target before the dot: "AmazonEC2ContainerServiceV20141113".</summary>
    string TargetPrefix { get; }

    /// <summary>The model's file name without extension: "ecs".</summary>
    string Model { get; }

    /// <summary>Runs an operation; a refusal is an <see cref="ApiException"/>.</summary>
    Task<JsonObject> InvokeAsync(string operation, JsonObject input, CancellationToken cancellationToken);
}

/// <summary>An error answer: the service's own code ("ClusterNotFoundException") and the words that AWS uses.</summary>
internal sealed class ApiException(string code, string message, int status = 400) : Exception(message)
{
    public string Code { get; } = code;

    public int Status { get; } = status;
}
