using System.Text;
using System.Text.Json.Nodes;
using Slipway.LocalCloud.Images;
using Slipway.LocalCloud.Protocol;

namespace Slipway.LocalCloud.Ecr;

/// <summary>ECR's JSON API over the registry's content.</summary>
internal sealed class EcrApi(EcrRepositories repositories, EcrImages images, IRegistryPlace place) : IServiceApi
{
    /// <inheritdoc />
    public string TargetPrefix => "AmazonEC2ContainerRegistry_V20150921";

    /// <inheritdoc />
    public string Model => "ecr";

    /// <inheritdoc />
    public Task<JsonObject> InvokeAsync(string operation, JsonObject input, CancellationToken cancellationToken) => Task.FromResult(operation switch
    {
        "GetAuthorizationToken" => AuthorizationToken(),
        "CreateRepository" => repositories.Create(input),
        "DescribeRepositories" => repositories.Describe(input),
        "DeleteRepository" => repositories.Delete(input),
        "PutImageTagMutability" => repositories.SetMutability(input),
        "PutLifecyclePolicy" => repositories.SetLifecycle(input),
        "GetLifecyclePolicy" => repositories.Lifecycle(input),
        "DescribeImages" => images.Describe(input),
        "ListImages" => images.List(input),
        "BatchGetImage" => images.Get(input),
        "BatchDeleteImage" => images.Delete(input),
        "BatchCheckLayerAvailability" => images.CheckLayers(input),
        "GetDownloadUrlForLayer" => images.DownloadUrl(input),
        _ => throw new ApiException("UnknownOperationException", $"LocalCloud knows the operation '{operation}' of ECR but does not carry it out."),
    });

    private JsonObject AuthorizationToken()
    {
        var login = place.Login();
        return new JsonObject
        {
            ["authorizationData"] = new JsonArray(new JsonObject
            {
                ["authorizationToken"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.User}:{login.Password}")),
                ["expiresAt"] = login.ExpiresAt.EpochSeconds(),
                ["proxyEndpoint"] = place.Endpoint,
            }),
        };
    }
}
